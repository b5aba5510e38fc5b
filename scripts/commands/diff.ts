import { diffReleases, type KindDiff } from '../../src/data/release-diff.ts';
import { GUEST_TYPE_WORDS } from '../../src/model/guest-types.ts';
import { branchOf, compareReleases } from '../../src/model/release.ts';
import { readContent } from '../markdown/read-content.ts';
import { type Problem, problem } from '../problems/problem.ts';

export interface DiffResult {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly KindDiff[];
  readonly problems: readonly Problem[];
}

/** Compares two releases covered, in whatever order they are given; a release that is not covered is a problem. */
export async function runDiff(root: string, given: readonly [string, string]): Promise<DiffResult> {
  const { content, problems } = await readContent(root);
  const covered = content.releases.map(({ id }) => id);
  const [from, to] = given.map(branchOf).sort(compareReleases) as [string, string];
  const unknown = [from, to].filter((release) => !covered.includes(release));
  if (unknown.length > 0) {
    const words = {
      actual: unknown.map((release) => `\`${release}\``).join(' and '),
      expected: `releases among ${covered.join(', ')}`,
      repair: 'Add the release to `content/sources.yml`, then npm run atlas -- extract --git DIR',
    };
    const place = { path: 'content/releases' };
    return {
      from,
      to,
      kinds: [],
      problems: [...problems, problem('reference-unknown', place, words)],
    };
  }
  return { from, to, kinds: diffReleases(content.facts, from, to), problems };
}

/** The differences as lines: `+` added, `-` removed, `~` changed, by kind. */
export function renderDiff({ from, to, kinds }: DiffResult): string {
  const lines = kinds.flatMap(({ kind, added, removed, changed, unread }) => {
    const own = [
      ...added.map(({ id }) => `+ ${id}`),
      ...removed.map(({ id }) => `- ${id}`),
      ...changed.map(({ fact, guests, attributes }) => {
        const where = [...guests.map((guest) => GUEST_TYPE_WORDS[guest].title), ...attributes];
        return `~ ${fact.id}: ${where.join(', ')}`;
      }),
    ];
    const silent = unread === 0 ? '' : `, ${unread} not read in one of them`;
    const head = `${kind}: ${added.length} added, ${removed.length} removed, ${changed.length} changed${silent}`;
    return own.length === 0 && unread === 0 ? [] : [head, ...own.map((line) => `  ${line}`)];
  });
  return [`Xen ${from} to ${to}`, ...lines].join('\n');
}
