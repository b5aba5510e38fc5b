import { problem } from '../problems/problem.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';

interface Named {
  /** Where the entry says that it stands. */
  readonly expected: string;
  readonly id: string;
}

/** Where each entry has to stand by what it says of itself. */
function named({ content }: CheckInput): Named[] {
  return [
    ...content.facts.map(({ id }) => ({ id, expected: entryPath('facts', id) })),
    ...content.features.map(({ id, area }) => ({
      id,
      expected: entryPath('features', `${area}/${id.split('/').slice(1).join('/')}`),
    })),
    ...content.guests.map(({ id, guest }) => ({ id, expected: entryPath('guests', guest) })),
    ...content.threads.map(({ id }) => ({ id, expected: entryPath('threads', id) })),
    ...content.releases.map(({ id }) => ({ id, expected: entryPath('releases', id) })),
    ...content.witnesses.map(({ id }) => ({ id, expected: entryPath('witnesses', id) })),
  ];
}

/** Facts begin with their kind. */
function kinds({ content }: CheckInput) {
  return content.facts
    .filter(({ id, kind }) => !id.startsWith(`${kind}/`))
    .map(({ id, kind }) =>
      problem(
        'entry-id',
        { path: entryPath('facts', id) },
        { actual: `id \`${id}\``, expected: `one that begins with \`${kind}/\`` },
      ),
    );
}

export const ids: Check = {
  name: 'ids',
  holds: 'The file name of every entry is its id, and no id is used twice.',
  run: (input) => {
    const files = new Set(input.files.map(({ path }) => path));
    const seen = new Set<string>();
    const misplaced = named(input).flatMap(({ id, expected }) => {
      const twice = seen.has(expected);
      seen.add(expected);
      if (files.has(expected) && !twice) return [];
      return [
        problem(
          'entry-id',
          { path: expected },
          {
            actual: twice
              ? `a second entry with id \`${id}\``
              : 'no file where the entry says that it stands',
            expected: 'a file name that is the id',
          },
        ),
      ];
    });
    return [...misplaced, ...kinds(input)];
  },
};
