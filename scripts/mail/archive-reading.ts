/** Reads archives into digests, several messages at a time, and goes on where an earlier run stopped. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Problem, problem } from '../problems/problem.ts';
import { readStart } from './archive-mbox.ts';
import type { MailPool } from './archive-pool.ts';
import { type Archive, openArchive, type Wanted } from './archive-source.ts';
import {
  codeKey,
  DigestReader,
  DigestStore,
  Heads,
  isDigestFile,
  readDigests,
  removeOtherStores,
  type StoredHead,
  storeKey,
  type Written,
} from './archive-store.ts';
import { isWebAddress } from './archive-url.ts';
import { checkedLine } from './digest-schema.ts';
import type { Digest } from './mail.ts';
import { namesOf } from './references/found.ts';
import type { Scan } from './scan.ts';
import { type Choice, chooseThreads, type Rule, soughtBy } from './select.ts';
import { SharedStrings } from './shared-strings.ts';

export interface ReadingOptions {
  /** The project, whose code is a part of the name under which digests are kept. */
  readonly project: string;
  /** The folder in which they are kept until the import has ended. */
  readonly folder: string;
  readonly list: string;
  /** Threads to take; all when there are none. */
  readonly rules: readonly Rule[];
  readonly pool: MailPool;
  /** Says how many messages are read. */
  readonly progress?: (done: Progress) => void;
}

export interface Progress {
  readonly source: string;
  readonly what: 'looked over' | 'read';
  readonly messages: number;
  /** How many there are, when that is known. */
  readonly of: number | null;
}

/** What archives yield, before threads are made of it. */
export interface Reading {
  readonly heads: readonly StoredHead[];
  readonly problems: readonly Problem[];
  readonly chosen: readonly Choice[];
  /** The files in which the digests are. */
  readonly files: readonly string[];
  /** Forgets what was kept for the case that the import is stopped. */
  readonly close: () => Promise<void>;
}

function withSharedStrings(scan: NonNullable<Scan>, strings: SharedStrings): Scan {
  return {
    ...scan,
    id: strings.one(scan.id),
    ancestors: strings.all(scan.ancestors),
    features: strings.all(scan.features),
  };
}

/** Looks a whole archive over and chooses threads. */
async function choose(archive: Archive, options: ReadingOptions) {
  const { rules, list, progress, pool } = options;
  const scans: Scan[] = [];
  const strings = new SharedStrings();
  for await (const some of pool.scan(
    archive.read(() => true),
    list,
    soughtBy(rules),
  )) {
    for (const scan of some) scans.push(scan && withSharedStrings(scan, strings));
    progress?.({
      source: archive.source,
      what: 'looked over',
      messages: scans.length,
      of: archive.count,
    });
  }
  const chosen = chooseThreads(scans, rules);
  return {
    chosen,
    items: chosen.flatMap(({ items }) => items).sort((a, b) => a - b),
    of: scans.length,
  };
}

/** Numbers of the things that are wanted, out of all or of those chosen, without the first `skip` of them. */
function wantedAfter(skip: number, items: readonly number[] | undefined): Wanted {
  if (items === undefined) return (index) => index >= skip;
  const left = new Set(items.slice(skip));
  return (index) => left.has(index);
}

/** What a message that was read is chosen by. */
function scanOf(
  { id, idKind, ancestors, date, features, guests, found }: Digest,
  symbols: ReadonlySet<string>,
): Scan {
  if (idKind !== 'message-id') return null;
  const named = new Set(found.flatMap(namesOf).filter((name) => symbols.has(name)));
  return { id, ancestors, date, features, guests, symbols: [...named] };
}

class Reader {
  readonly #options: ReadingOptions;
  readonly heads: StoredHead[] = [];
  /** Messages that other jobs have read; threads are chosen from them when all parts are there. */
  readonly shards: StoredHead[] = [];
  readonly problems: Problem[] = [];
  readonly chosen: Choice[] = [];
  readonly stores: DigestStore[] = [];

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  async read(source: string): Promise<void> {
    if (!isWebAddress(source)) {
      const start = await readStart(source).catch(() => Buffer.alloc(0));
      if (isDigestFile(start)) return this.#readShard(source);
    }
    const opened = await openArchive(source);
    if (opened.ok) await this.#readArchive(opened.archive);
    else this.problems.push(opened.problem);
  }

  /** A file of digests, which another job made. */
  async #readShard(path: string): Promise<void> {
    try {
      const { heads, problems } = await readDigests(path, checkedLine);
      const read = this.#begin([{ items: heads.length, heads, problems }]);
      for (const head of read.all()) this.shards.push(head);
    } catch (error) {
      const words = {
        actual: `digests that cannot be read (${String(error)})`,
        expected: 'whole ones',
      };
      this.problems.push(problem('archive-unusable', { path }, words));
    }
  }

  async #readArchive(archive: Archive): Promise<void> {
    const { rules, list, project, folder, progress, pool } = this.#options;
    const selection = rules.length === 0 ? undefined : await choose(archive, this.#options);
    this.chosen.push(...(selection?.chosen ?? []));
    const items = selection?.items;
    const what = createHash('sha256')
      .update(JSON.stringify(items ?? null))
      .digest('hex');
    const code = codeKey(project);
    await removeOtherStores(folder, code);
    const key = storeKey(code, [archive.source, archive.state ?? '', list, what]);
    const store = new DigestStore(join(folder, key));
    // What cannot be told from another state of itself is read anew.
    if (archive.state === null) await store.remove();
    this.stores.push(store);
    const parts = await store.resume();
    let done = parts.reduce((sum, part) => sum + part.items, 0);
    const heads = this.#begin(parts);
    const wanted = wantedAfter(done, items);
    // Nothing is left when a selection took nothing, or when all of it is kept already.
    if (items !== undefined && items.length <= done) {
      for (const head of heads.all()) this.heads.push(head);
      return;
    }
    for await (const part of pool.read(archive.read(wanted), list, () => store.next())) {
      heads.add(part.heads);
      this.problems.push(...part.problems);
      done += part.items;
      const of = items?.length ?? archive.count;
      progress?.({ source: archive.source, what: 'read', messages: done, of });
    }
    if (done === 0 && rules.length === 0) this.problems.push(empty(archive.source));
    for (const head of heads.all()) this.heads.push(head);
  }

  /** Takes what other jobs have read, or the threads of it that rules take. */
  async joinShards(): Promise<void> {
    const { rules } = this.#options;
    if (rules.length === 0) {
      for (const head of this.shards) this.heads.push(head);
      return;
    }
    const symbols = new Set(soughtBy(rules).symbols);
    const reader = new DigestReader();
    const scans: Scan[] = [];
    for (const head of this.shards) {
      for (const digest of (await reader.load([head])).values())
        scans.push(scanOf(digest, symbols));
    }
    await reader.close();
    const chosen = chooseThreads(scans, rules);
    this.chosen.push(...chosen);
    const items = new Set(chosen.flatMap((choice) => choice.items));
    for (const [index, head] of this.shards.entries()) if (items.has(index)) this.heads.push(head);
  }

  /** The messages of an archive, beginning with what an earlier run left. */
  #begin(parts: readonly Written[]): Heads {
    const heads = new Heads();
    for (const part of parts) {
      heads.add(part.heads);
      this.problems.push(...part.problems);
    }
    return heads;
  }
}

function empty(path: string): Problem {
  const words = { actual: 'an archive without a message', expected: 'at least one message' };
  return problem('archive-unusable', { path }, words);
}

/** Reads sources one after the other. */
export async function readArchives(
  sources: readonly string[],
  options: ReadingOptions,
): Promise<Reading> {
  const reader = new Reader(options);
  for (const source of sources) await reader.read(source);
  await reader.joinShards();
  const { heads, problems, chosen, stores } = reader;
  const files = stores.flatMap((store) => store.files());
  const close = async () => {
    for (const store of stores) await store.remove();
  };
  return { heads, problems, chosen, files, close };
}
