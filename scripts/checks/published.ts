import { nearestHint } from '../../src/data/nearest.ts';
import { hasPage } from '../../src/data/redirects.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Check, CheckInput } from './check.ts';

export const PUBLISHED_PATH = 'content/published.yml';
export const REDIRECTS_PATH = 'content/redirects.yml';

/** Every entry as a reference, such as `facts/msr/tsc`. */
export function entryReferences(files: CheckInput['files']): string[] {
  return files.map(({ path }) => path.replace(/^content\//, '').replace(/\.md$/, ''));
}

function lost(input: CheckInput, entries: ReadonlySet<string>): Problem[] {
  const redirected = new Set(input.addresses.redirects.map(({ from }) => from));
  return input.addresses.published
    .filter((id) => !entries.has(id) && !redirected.has(id))
    .map((id) =>
      problem(
        'id-lost',
        { path: PUBLISHED_PATH },
        {
          actual: `no entry \`${id}\`, which was published`,
          expected: `the entry, or where it stands now${nearestHint(id, [...entries])}`,
          repair: `Add \`{ from: ${id}, to: … }\` to ${REDIRECTS_PATH}.`,
        },
      ),
    );
}

function misled({ addresses: { redirects } }: CheckInput, entries: ReadonlySet<string>): Problem[] {
  const complaint = (actual: string, expected: string) =>
    problem('id-lost', { path: REDIRECTS_PATH }, { actual, expected });
  return redirects.flatMap(({ from, to }, index) => {
    const twice = redirects.findIndex((other) => other.from === from) < index;
    return [
      ...(entries.has(from)
        ? [complaint(`a redirect from \`${from}\`, which is an entry`, 'an id that has no entry')]
        : []),
      ...(twice ? [complaint(`a second redirect from \`${from}\``, 'one')] : []),
      ...(hasPage(from)
        ? []
        : [complaint(`a redirect from \`${from}\``, 'a collection whose entries have pages')]),
      ...(entries.has(to) && hasPage(to)
        ? []
        : [
            complaint(
              `a redirect to \`${to}\``,
              `an entry with a page${nearestHint(to, [...entries])}`,
            ),
          ]),
    ];
  });
}

export const published: Check = {
  name: 'published',
  holds: 'Every id that was published is an entry or leads to one in one step.',
  run: (input) => {
    const entries = new Set(entryReferences(input.files));
    return [...lost(input, entries), ...misled(input, entries)];
  },
};
