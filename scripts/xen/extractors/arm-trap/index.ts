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
  constructs,
  minimum: 250,
  extract,
};
