/** What is written and removed so that the extracted files of `content/` are what a tree yields. Pure. */
import { z } from 'astro/zod';
import { FACT_KINDS } from '../../src/model/fact-kinds.ts';
import { branchOf, compareReleases, isRelease } from '../../src/model/release.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { GENERATED, parseEntry, renderEntry } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';

export interface Plan {
  readonly write: readonly TextFile[];
  /** Sorted. */
  readonly remove: readonly string[];
  readonly unchanged: number;
  /** Facts that are there, not marked as removed, and that the tree does not yield. */
  readonly vanished: readonly PresentFact[];
}

/** What a plan has to know of a fact that is there. The rest of it may be of another state of the schema. */
const presentFactSchema = z.looseObject({
  id: z.string(),
  kind: z.enum(FACT_KINDS),
  release: z.string().refine(isRelease),
  history: z.array(z.looseObject({ release: z.string(), change: z.string() })),
});

export type PresentFact = z.infer<typeof presentFactSchema>;

function readFact(path: string, text: string): PresentFact | null {
  const entry = parseEntry(path, text, presentFactSchema);
  return entry.ok ? entry.value.data : null;
}

/** The text of a fact with its removal in the history; the keys stay in the order of the file. */
function markRemoved(
  path: string,
  text: string,
  { history }: PresentFact,
  release: string,
): string {
  const entry = parseEntry(path, text, z.record(z.string(), z.unknown()));
  if (!entry.ok || history.at(-1)?.change === 'removed') return text;
  const removed = { release: branchOf(release), change: 'removed' };
  const data = { ...entry.value.data, history: [...history, removed] };
  return renderEntry(data, entry.value.body, GENERATED);
}

/** Files, and whether the facts among them know their history. */
export interface Yielded {
  readonly files: readonly TextFile[];
  readonly hasHistory: boolean;
}

/** A fact of an older release that the history in the file says is gone; its text stays as it is. */
function isKnownRemoved(text: string, release: string): boolean {
  const known = historyIn(text);
  const of = /^release: "?(\d+\.\d+(?:\.\d+)?)"?$/m.exec(text)?.[1];
  return (
    known !== undefined &&
    REMOVAL.test(known) &&
    of !== undefined &&
    compareReleases(release, of) > 0
  );
}

/** The lines of the history in the text of a fact. */
function historyIn(text: string): string | undefined {
  const lines = /history:.*\n(?: .*\n)*/y;
  lines.lastIndex = text.indexOf('\nhistory:') + 1;
  return lines.exec(text)?.[0];
}

const REMOVAL = / {2}- release: .*\n {4}change: removed\n$/;

/** One tree knows no history: that of the file that is there stays, but not that the fact is gone. */
function withHistory(text: string, present: string | undefined): string {
  const kept = historyIn(present ?? '')?.replace(REMOVAL, '');
  const own = historyIn(text);
  if (kept === undefined || kept === 'history:\n' || own === undefined) return text;
  return text.replace(own, () => kept);
}

/**
 * Compares what a tree yields with the texts that are there, by path. A fact that a newer tree does not have any more
 * stays, marked `removed`; one that an older tree does not have yet goes away with the newer facts, and so does
 * whatever is no fact.
 */
export function planWrites(
  release: string,
  { files, hasHistory }: Yielded,
  present: ReadonlyMap<string, string>,
): Plan {
  const wanted = new Map(
    files.map(({ path, text }) => [
      path,
      { path, text: hasHistory ? text : withHistory(text, present.get(path)) },
    ]),
  );
  const remove: string[] = [];
  const vanished: PresentFact[] = [];
  for (const [path, text] of present) {
    if (wanted.has(path)) continue;
    if (isKnownRemoved(text, release)) {
      wanted.set(path, { path, text });
      continue;
    }
    const fact = readFact(path, text);
    if (fact !== null) vanished.push(fact);
    if (fact === null || compareReleases(release, fact.release) <= 0) remove.push(path);
    else wanted.set(path, { path, text: markRemoved(path, text, fact, release) });
  }
  const write = [...wanted.values()].filter(({ path, text }) => present.get(path) !== text);
  return { write, remove: remove.sort(), unchanged: wanted.size - write.length, vanished };
}

/** A problem for each kind of which facts vanished: a loss is never silent. Those already marked are known. */
export function reportVanished(
  facts: readonly Pick<PresentFact, 'id' | 'kind' | 'history'>[],
): Problem[] {
  const gone = facts.filter(({ history }) => history.at(-1)?.change !== 'removed');
  const kinds = [...new Set(gone.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const ids = gone.filter((fact) => fact.kind === kind).map(({ id }) => id);
    return problem(
      'count-low',
      { path: `facts/${kind}` },
      {
        actual: `${ids.length} facts that were there and are not any more`,
        expected: 'the tree to yield them',
        details: ids.sort(),
        repair: 'Read what vanished; the difference is written, and `git diff` shows it.',
      },
      'warning',
    );
  });
}
