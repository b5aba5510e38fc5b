/**
 * What a newer release could do to each construct that an extractor declares: rename it, delete it, empty it, move it to
 * another file, keep it twice under `#if`. Each is reported, or followed; none passes in silence.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../scripts/problems/problem.ts';
import { constructsOf } from '../../scripts/xen/construct.ts';
import { extractFacts } from '../../scripts/xen/extract.ts';
import type { AnyExtractor } from '../../scripts/xen/extractor.ts';
import { EXTRACTORS } from '../../scripts/xen/extractors/index.ts';
import { reportVanished } from '../../scripts/xen/plan-writes.ts';
import type { Fact } from '../../src/schema/fact.ts';
import { type Mutant, mutantsOf, TWIN } from '../mutants.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;

beforeAll(async () => {
  real = await openRealTree();
}, 120_000);

/** Facts without what moves when lines move. */
function bare(facts: readonly Fact[]): string {
  const stated = facts.map(({ evidence, ...fact }) => [fact, evidence.length]);
  return JSON.stringify(stated).replace(/"line":\d+/g, '');
}

function key({ kind, place, actual }: Problem): string {
  return JSON.stringify([kind, place.path, actual]);
}

type Outcome = 'reported' | 'followed' | 'silent';

function outcomeOf(extractor: AnyExtractor, mutant: Mutant): Outcome {
  const before = real.facts.filter(({ kind }) => kind === extractor.kind);
  const known = new Set(real.problems.map(key));
  const { facts, problems } = extractFacts(real.corpus.withTexts(mutant.texts), [extractor]);
  const ids = new Set(facts.map(({ id }) => id));
  const all = [...problems, ...reportVanished(before.filter(({ id }) => !ids.has(id)))];
  if (all.some((problem) => !known.has(key(problem)))) return 'reported';
  if (mutant.mutation === 'delete' || mutant.mutation === 'empty') return 'silent';
  const text = bare(facts);
  const { renamed } = mutant;
  const undone = renamed === null ? text : text.replaceAll(renamed.to, renamed.from);
  const twice = mutant.mutation === 'duplicate' && text.includes(TWIN);
  return undone === bare(before) || twice ? 'followed' : 'silent';
}

describe.each(EXTRACTORS.map((extractor) => [extractor.kind, extractor] as const))(
  'the constructs of %s',
  (_kind, extractor) => {
    it.each(Object.values(extractor.constructs).map((construct) => [construct.id, construct]))(
      '%s',
      { timeout: 240_000 },
      (_id, construct) => {
        const mutants = mutantsOf(real.corpus, construct);
        const isDeclared =
          construct.id in constructsOf({ [construct.id]: construct }, real.corpus.release);
        expect(mutants.length > 1).toBe(isDeclared);
        const silent = mutants.filter((mutant) => outcomeOf(extractor, mutant) === 'silent');
        expect(silent.map(({ mutation }) => mutation)).toEqual([]);
      },
    );
  },
);
