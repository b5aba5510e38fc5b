import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { problem } from '../../../problems/problem.ts';
import { constructsOf, type Found, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { type Extraction, type Extractor, sortFacts } from '../../extractor.ts';
import { withIntrospection } from './by-smc.ts';
import { constructs, DISPATCHES, type DispatchId } from './constructs.ts';
import { readDispatch } from './dispatch.ts';
import { type Definition, definitionFinder, factOf } from './draft.ts';
import { checkPlatforms, type Drafts, draftControls, draftExtras, draftHidden } from './drafts.ts';
import { draftEntries } from './entries.ts';
import { TREATMENTS } from './treatments/index.ts';

function draftDispatchers(
  corpus: Corpus,
  located: Readonly<Record<string, Found>>,
  definition: Definition,
): Drafts {
  const results = (Object.keys(DISPATCHES) as DispatchId[]).map((id): Drafts => {
    const found = located[id];
    if (found === undefined) return { drafts: [], problems: [] };
    const dispatch = readDispatch(corpus, found, DISPATCHES[id].on);
    if (dispatch === null) {
      const expected = `a switch over ${String(DISPATCHES[id].on)}`;
      const actual = `no such switch in \`${found.candidate.name}\``;
      return {
        drafts: [],
        problems: [problem('construct-unread', { path: found.path }, { actual, expected })],
      };
    }
    const treatments = TREATMENTS.filter((one) => one.in === id && isInSpan(one, corpus.release));
    return draftEntries(corpus, id, dispatch, treatments, definition);
  });
  return {
    drafts: results.flatMap(({ drafts }) => drafts),
    problems: results.flatMap(({ problems }) => problems),
  };
}

function extract(corpus: Corpus): Extraction<FactOf<'arm-trap'>> {
  const wanted = constructsOf(constructs, corpus.release);
  const { found, problems: missing } = locateAll(corpus, wanted);
  if (found === null) return { facts: [], problems: missing };
  const { bits, hidden } = found;
  const definition = definitionFinder(corpus);
  const parts = [
    draftDispatchers(corpus, found, definition),
    ...(bits === undefined ? [] : [draftControls(corpus, bits, definition)]),
    ...(hidden === undefined ? [] : [draftHidden(corpus, hidden)]),
  ];
  const extras = draftExtras(corpus.release, definition);
  const drafts = [...parts.flatMap((part) => part.drafts), ...extras];
  const results = drafts.map((draft) =>
    factOf(corpus, withIntrospection(draft, corpus.release, definition)),
  );
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
  minimum: 240,
  extract,
};
