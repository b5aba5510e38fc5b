import { removedIn } from '../../src/data/fact-at.ts';
import { type Evidence, isTreeEvidence, type TreeEvidence } from '../../src/model/evidence.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';

interface Place {
  readonly path: string;
  readonly evidence: readonly Evidence[];
  readonly authored: boolean;
}

function places({ content }: CheckInput): Place[] {
  const of =
    (collection: string, authored: boolean) =>
    (entry: { id: string; evidence: readonly Evidence[] }) => ({
      path: entryPath(collection, entry.id),
      evidence: entry.evidence,
      authored,
    });
  return [
    // What only older releases have rests on places of theirs.
    ...content.facts.filter((fact) => removedIn(fact) === undefined).map(of('facts', false)),
    ...content.witnesses.map(of('witnesses', false)),
    ...content.features.map(of('features', true)),
    ...content.answers.map(of('answers', true)),
    ...content.guests.map(of('guests', true)),
    ...content.guides.map(of('guides', true)),
  ];
}

const ACCEPT =
  'Read the statement against the tree, then `npm run atlas -- check --tree DIR --accept`.';
const EXTRACT = 'npm run atlas -- extract --tree DIR';

function name({ path, symbol, anchor }: TreeEvidence): string {
  return [path, symbol, anchor].filter((part) => part !== undefined).join(' · ');
}

function checkOne(corpus: Corpus, place: Place, index: number, evidence: TreeEvidence): Problem[] {
  const { verdict, line, fingerprint, found } = resolveEvidence(corpus, evidence);
  const where = { path: place.path };
  const repair = place.authored ? ACCEPT : EXTRACT;
  const what = `evidence ${index} (${name(evidence)})`;
  if (verdict === 'gone') {
    return [
      problem('evidence-gone', where, {
        actual: `${found ?? 'nothing'} at ${what}`,
        expected: `it in ${corpus.label}`,
        repair,
      }),
    ];
  }
  if (verdict === 'uncheckable') {
    return [
      problem('evidence-gone', where, {
        actual: `neither symbol nor anchor at ${what}`,
        expected: 'something that a machine can find again',
        repair,
      }),
    ];
  }
  if (verdict === 'changed') {
    return [
      problem('evidence-changed', where, {
        actual: `another text at ${what}, line ${line}`,
        expected: `fingerprint ${evidence.fingerprint}, not ${fingerprint}`,
        repair,
      }),
    ];
  }
  if (evidence.fingerprint === undefined) {
    return [
      problem('evidence-changed', where, {
        actual: `no fingerprint at ${what}`,
        expected: `${fingerprint}, line ${line}`,
        repair,
      }),
    ];
  }
  return verdict === 'moved'
    ? [
        problem(
          'evidence-changed',
          where,
          { actual: `line ${evidence.line} at ${what}`, expected: `line ${line}`, repair },
          'warning',
        ),
      ]
    : [];
}

export const evidenceResolves: Check = {
  name: 'evidence-resolves',
  holds:
    'With a tree: every piece of tree evidence is there, with the text that it had when it was read.',
  run: (input) => {
    const { tree } = input;
    if (tree === null) return [];
    return places(input).flatMap((place) =>
      place.evidence.flatMap((evidence, index) =>
        isTreeEvidence(evidence) ? checkOne(tree.corpus, place, index, evidence) : [],
      ),
    );
  },
};
