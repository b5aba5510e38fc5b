import { FACT_KINDS } from '../../src/model/fact-kinds.ts';
import { problem } from '../problems/problem.ts';
import { type Check, entryPath } from './check.ts';

const REPAIR = 'npm run atlas -- extract --git DIR';

export const releasesRead: Check = {
  name: 'releases-read',
  holds: 'Of every release read, every kind of fact is listed, and one without facts says why.',
  run: ({ content: { releases, sources } }) => [
    ...releases.flatMap(({ id, kinds }) => {
      const path = entryPath('releases', id);
      const listed = new Map(kinds.map((entry) => [entry.kind, entry]));
      return FACT_KINDS.flatMap((kind) => {
        const entry = listed.get(kind);
        if (entry !== undefined && (entry.facts > 0 || entry.missing !== null)) return [];
        const actual = `nothing about \`${kind}\``;
        const expected = 'a number of facts, or why there are none';
        return [problem('count-low', { path }, { actual, expected, repair: REPAIR })];
      });
    }),
    ...releases
      .filter(({ release }) => !sources.xen.releases.includes(release))
      .map(({ id, release }) =>
        problem(
          'reference-unknown',
          { path: entryPath('releases', id) },
          {
            actual: `\`${release}\``,
            expected: `one of the releases of content/sources.yml: ${sources.xen.releases.join(', ')}`,
            repair: REPAIR,
          },
        ),
      ),
  ],
};
