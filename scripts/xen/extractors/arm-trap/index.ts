import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { type Found, locate, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { type Extraction, type Extractor, sortFacts } from '../../extractor.ts';
import {
  constructs,
  DISPATCHES,
  type DispatchId,
  dispatchConstruct,
  sinceOf,
} from './constructs.ts';
import { readDispatch } from './dispatch.ts';
import { definitionFinder, factOf } from './draft.ts';
import {
  checkPlatforms,
  type Drafts,
  draftControls,
  draftExtras,
  draftHidden,
  holdsIn,
} from './drafts.ts';
import { draftEntries } from './entries.ts';
import { TREATMENTS } from './treatments/index.ts';

const RULES = [
  'Each label of a switch over the exception class, the register or the function that a guest calls is a fact; a macro that stands for several labels, and labels that lead to the same call of firmware, are one.',
  'What no case names is a fact as well, one for each switch, with what the headers name beside.',
  'What a guest gets stands in a table beside the code, with the function that the case must call; a label that the table lacks, one that is gone, and a case that calls another function, are problems.',
  'A register that reads as zero and drops writes is `refused`; a constant or a register of Xen’s own is `emulated`; a call that Xen checks and hands to firmware is `mediated`.',
  'Each bit of the trap controls is a fact: where Xen sets it, or that it leaves it clear, so that the CPU does the work.',
  'A feature is hidden when Xen clears its fields in the ID registers of guests.',
  'What does not trap at all, and what no switch names, is authored, with the place of the source that shows it.',
  'A guest type of x86 has none of it.',
] as const;

/** The dispatchers of a release: those that every release has, and those that came later. */
function locateDispatchers(corpus: Corpus, found: Readonly<Record<string, Found>>) {
  const located = new Map<DispatchId, Found>();
  const problems: Problem[] = [];
  for (const id of Object.keys(DISPATCHES) as DispatchId[]) {
    const known = found[id];
    if (known !== undefined) located.set(id, known);
    else if (holdsIn(corpus.release, { since: sinceOf(id) })) {
      const result = locate(corpus, dispatchConstruct(id));
      if ('found' in result) located.set(id, result.found);
      else problems.push(result.problem);
    }
  }
  return { located, problems };
}

function draftDispatchers(corpus: Corpus, located: ReadonlyMap<DispatchId, Found>): Drafts {
  const definition = definitionFinder(corpus);
  const results = [...located].map(([id, found]): Drafts => {
    const dispatch = readDispatch(corpus, found, DISPATCHES[id].on);
    if (dispatch === null) {
      const expected = `a switch over ${String(DISPATCHES[id].on)}`;
      const actual = `no such switch in \`${found.candidate.name}\``;
      return {
        drafts: [],
        problems: [problem('construct-unread', { path: found.path }, { actual, expected })],
      };
    }
    const treatments = TREATMENTS.filter((one) => one.in === id && holdsIn(corpus.release, one));
    return draftEntries(corpus, id, dispatch, treatments, definition);
  });
  return {
    drafts: results.flatMap(({ drafts }) => drafts),
    problems: results.flatMap(({ problems }) => problems),
  };
}

function extract(corpus: Corpus): Extraction<FactOf<'arm-trap'>> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const { located, problems: absent } = locateDispatchers(corpus, found);
  const { bits, hidden } = found;
  if (bits === undefined || hidden === undefined || absent.length > 0) {
    return { facts: [], problems: absent };
  }
  const parts = [
    draftDispatchers(corpus, located),
    draftControls(corpus, bits),
    draftHidden(corpus, hidden),
  ];
  const drafts = [...parts.flatMap((part) => part.drafts), ...draftExtras(corpus.release)];
  const results = drafts.map((draft) => factOf(corpus, draft));
  const facts = sortFacts(results.map(({ fact }) => fact));
  const twice = facts.filter(({ id }, index) => facts[index - 1]?.id === id);
  return {
    facts,
    problems: [
      ...parts.flatMap(({ problems }) => problems),
      ...checkPlatforms(corpus),
      ...results.flatMap(({ problems }) => problems),
      ...twice.map(({ id }) =>
        problem(
          'entry-id',
          { path: `content/facts/${id}.md` },
          { actual: `a second fact \`${id}\``, expected: 'one id for each label' },
        ),
      ),
    ],
  };
}

export const armTrap: Extractor<'arm-trap'> = {
  kind: 'arm-trap',
  rules: RULES,
  constructs,
  minimum: 250,
  extract,
};
