import { factIdOf, isLike, isTakenOver, statedCell } from '../../src/data/cells.ts';
import { nearestHint } from '../../src/data/nearest.ts';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';

interface Reference {
  readonly path: string;
  readonly field: string;
  readonly target: string;
  readonly known: ReadonlySet<string>;
}

/** The ids of a collection, with those of entries that cannot be read: each is a problem of its own already. */
function writtenIds(
  { content, files }: CheckInput,
  collection: 'facts' | 'features' | 'answers',
): ReadonlySet<string> {
  const folder = `content/${collection}/`;
  const written = files.flatMap(({ path }) =>
    path.startsWith(folder) ? [path.slice(folder.length).replace(/\.md$/, '')] : [],
  );
  return new Set([...content[collection].map(({ id }) => id), ...written]);
}

function references(input: CheckInput): Reference[] {
  const { content } = input;
  const facts = writtenIds(input, 'facts');
  const features = writtenIds(input, 'features');
  const answers = writtenIds(input, 'answers');
  const messages = new Set(
    content.threads.flatMap((thread) => [
      ...thread.messages.map(({ id }) => id),
      ...thread.missing,
    ]),
  );
  const of = (
    path: string,
    field: string,
    known: ReadonlySet<string>,
    targets: readonly string[],
  ) => targets.map((target) => ({ path, field, target, known }));
  return [
    ...content.features.flatMap((feature) => {
      const path = entryPath('features', feature.id);
      const taken = GUEST_TYPES.flatMap((guest) => {
        const cell = statedCell(feature, guest);
        return isTakenOver(cell)
          ? of(path, `guests.${guest}.from`, facts, [factIdOf(cell.from)])
          : [];
      });
      return [
        ...taken,
        ...of(path, 'facts', facts, feature.facts.map(factIdOf)),
        ...of(path, 'answers', answers, feature.answers),
      ];
    }),
    ...content.answers.flatMap((answer) => {
      const path = entryPath('answers', answer.id);
      return [
        ...of(path, 'features', features, answer.features),
        ...of(path, 'facts', facts, answer.facts.map(factIdOf)),
        ...of(path, 'askedIn', messages, [answer.askedIn]),
        ...of(path, 'answeredIn', messages, answer.answeredIn),
      ];
    }),
    ...content.guides.flatMap((guide) => {
      const path = entryPath('guides', guide.id);
      return [
        ...of(path, 'features', features, guide.features),
        ...of(path, 'facts', facts, guide.facts.map(factIdOf)),
        ...of(path, 'answers', answers, guide.answers),
      ];
    }),
    ...content.witnesses.flatMap((witness) =>
      of(
        entryPath('witnesses', witness.id),
        'disagreements',
        facts,
        witness.disagreements.flatMap((disagreement) => disagreement.facts),
      ),
    ),
    ...content.threads.flatMap((thread) =>
      of(
        entryPath('threads', thread.id),
        'features',
        features,
        thread.messages.flatMap((message) => message.features),
      ),
    ),
    ...(['features', 'answers', 'guests', 'guides'] as const).flatMap((collection) =>
      content[collection].flatMap((entry) => {
        const cited = entry.evidence.flatMap((item) => ('message' in item ? [item.message] : []));
        return of(entryPath(collection, entry.id), 'evidence', messages, cited);
      }),
    ),
  ];
}

/** A cell that is like one that is not written out itself. */
function checkLike({ content }: CheckInput): Problem[] {
  return content.features.flatMap((feature) =>
    GUEST_TYPES.flatMap((guest) => {
      const cell = feature.guests[guest];
      if (!isLike(cell) || Array.isArray(feature.guests[cell.like])) return [];
      return [
        problem(
          'reference-unknown',
          { path: entryPath('features', feature.id) },
          {
            actual: `\`guests.${guest}.like: ${cell.like}\``,
            expected: 'a guest type whose cell is written out in the same row',
          },
        ),
      ];
    }),
  );
}

export const referencesExist: Check = {
  name: 'references',
  holds: 'Every entry, message and guest type that an entry names exists.',
  run: (input): Problem[] => [
    ...checkLike(input),
    ...references(input)
      .filter(({ target, known }) => !known.has(target))
      .map(({ path, field, target, known }) =>
        problem(
          'reference-unknown',
          { path },
          {
            actual: `\`${target}\` at \`${field}\``,
            expected: `an entry of that id${nearestHint(target, [...known])}`,
          },
        ),
      ),
  ],
};
