/**
 * What was read of an archive, kept in files until all of it is read: an import that is killed goes on where it
 * stopped. A file holds the digests of some hundred messages, a line of JSON each, and is written whole or not at all.
 */
import { createHash } from 'node:crypto';
import { createReadStream, globSync, readFileSync } from 'node:fs';
import {
  appendFile,
  type FileHandle,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { writeTextFile } from '../markdown/content-files.ts';
import type { Problem } from '../problems/problem.ts';
import type { Digested } from './digest.ts';
import type { Digest, MailHead } from './mail.ts';
import { SharedStrings } from './shared-strings.ts';

/** A message whose digest lies in a file. */
export interface StoredHead extends MailHead {
  readonly at: { readonly file: string; readonly start: number; readonly length: number };
}

const FORMAT = 'atlas-digests-1';

/** The first line of a file: how many things of the archive it stands for, and what was wrong with them. */
interface Heading {
  readonly format: typeof FORMAT;
  readonly items: number;
  readonly problems: readonly Problem[];
}

/** A line after the first: a digest, or the id of a message that the archive removed. */
export type DigestLine = Digest | { readonly removed: string };

/** The code that decides what a digest is; files of other code are not used. */
const CODE = ['scripts/mail/**/*.ts', 'src/{model,schema}/*.ts', 'package-lock.json'];

const HASH_LENGTH = 24;

/** A name for the code of a project that decides what a digest is. */
export function codeKey(project: string): string {
  const hash = createHash('sha256');
  for (const path of globSync(CODE, { cwd: project }).sort()) {
    if (!path.endsWith('.test.ts')) hash.update(path).update(readFileSync(join(project, path)));
  }
  return hash.digest('hex').slice(0, HASH_LENGTH);
}

/** The name under which what some code reads of one state of an archive is kept. */
export function storeKey(code: string, parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${code}-${hash.slice(0, HASH_LENGTH)}`;
}

/** Removes what other code has read: no import will go on with it. */
export async function removeOtherStores(folder: string, code: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(`${code}-`)) await rm(join(folder, name), { recursive: true });
  }
}

/** A line of a file, and where in it that is. A removal has no head. */
export type PlacedHead = StoredHead | { readonly removed: string };

function headOf(line: DigestLine, at: StoredHead['at']): PlacedHead {
  if ('removed' in line) return line;
  const { id, idKind, date, from, subject, list, ancestors, place } = line;
  return { id, idKind, date, from, subject, list, ancestors, place, at };
}

/** The messages of an archive as they come, without those that it removed later. */
export class Heads {
  readonly #strings = new SharedStrings();
  #heads: StoredHead[] = [];

  add(placed: readonly PlacedHead[]): void {
    for (const one of placed) {
      if ('removed' in one) this.#heads = this.#heads.filter(({ id }) => id !== one.removed);
      else this.#heads.push(this.#small(one));
    }
  }

  #small(head: StoredHead): StoredHead {
    return {
      ...head,
      id: this.#strings.one(head.id),
      from: this.#strings.one(head.from),
      subject: this.#strings.one(head.subject),
      list: head.list === null ? null : this.#strings.one(head.list),
      ancestors: this.#strings.all(head.ancestors),
      at: { ...head.at, file: this.#strings.one(head.at.file) },
    };
  }

  all(): readonly StoredHead[] {
    return this.#heads;
  }
}

/** Whether a file begins as a file of digests does. */
export function isDigestFile(start: Buffer): boolean {
  return start.toString('latin1', 0, 40).startsWith(`{"format":"${FORMAT}"`);
}

/** One line of a file, read as what it must be. Throws when it is not. */
type ReadLine = (value: unknown) => DigestLine;

/** A line of a file, and where it begins. */
interface PlacedLine {
  readonly text: string;
  readonly start: number;
  /** In bytes, without the line end. */
  readonly length: number;
}

/** The lines of a file, of which only a piece is in memory. Throws when the last one has no end. */
async function* linesOf(file: string): AsyncGenerator<PlacedLine> {
  let rest: Buffer = Buffer.alloc(0);
  let start = 0;
  const pieces: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: PIECE });
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, at)) {
      const length = end - at;
      yield { text: bytes.toString('utf8', at, end), start, length };
      start += length + 1;
      at = end + 1;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new Error('a last line without an end');
}

const PIECE = 256 * 1024;

/** What a file of digests holds. Throws when it is not whole. */
export async function readDigests(
  file: string,
  readLine: ReadLine = (value) => value as DigestLine,
): Promise<Written> {
  const heads: PlacedHead[] = [];
  let heading: Heading | undefined;
  for await (const { text, start, length } of linesOf(file)) {
    const value: unknown = JSON.parse(text);
    if (heading === undefined) heading = value as Heading;
    else heads.push(headOf(readLine(value), { file, start, length }));
  }
  if (heading?.format !== FORMAT) throw new Error('no heading of digests');
  return { items: heading.items, heads, problems: heading.problems };
}

/** Files that are open at a time; a thread's messages may lie in any of them. */
const MAX_OPEN = 128;

/** Reads digests out of their files, which stay open from one thread to the next. */
export class DigestReader {
  readonly #open = new Map<string, FileHandle>();

  async #handle(file: string): Promise<FileHandle> {
    const known = this.#open.get(file);
    if (known !== undefined) return known;
    if (this.#open.size >= MAX_OPEN) await this.close();
    const handle = await open(file, 'r');
    this.#open.set(file, handle);
    return handle;
  }

  /** The digests of some messages, by id. */
  async load(heads: readonly StoredHead[]): Promise<ReadonlyMap<string, Digest>> {
    const digests = new Map<string, Digest>();
    for (const { id, at } of heads) {
      const handle = await this.#handle(at.file);
      const { buffer } = await handle.read(Buffer.alloc(at.length), 0, at.length, at.start);
      digests.set(id, JSON.parse(buffer.toString('utf8')) as Digest);
    }
    return digests;
  }

  async close(): Promise<void> {
    for (const handle of this.#open.values()) await handle.close();
    this.#open.clear();
  }
}

function fileName(index: number): string {
  return `${String(index).padStart(6, '0')}.jsonl`;
}

/** Joins files of digests into one, which can be given to an import in place of the archive. */
export async function joinDigests(files: readonly string[], target: string): Promise<void> {
  const headings: Heading[] = [];
  for (const file of files) headings.push(await readHeading(file));
  const heading: Heading = {
    format: FORMAT,
    items: headings.reduce((sum, { items }) => sum + items, 0),
    problems: headings.flatMap(({ problems }) => problems),
  };
  const temporary = `${target}.part`;
  await writeFile(temporary, `${JSON.stringify(heading)}\n`);
  for (const file of files) {
    const bytes = await readFile(file);
    await appendFile(temporary, bytes.subarray(bytes.indexOf(0x0a) + 1));
  }
  await rename(temporary, target);
}

async function readHeading(file: string): Promise<Heading> {
  const bytes = await readFile(file);
  return JSON.parse(bytes.toString('utf8', 0, bytes.indexOf(0x0a))) as Heading;
}

/** A file of digests that is to be written. */
export interface TargetFile {
  readonly folder: string;
  readonly name: string;
}

/** What a file of digests holds that was just written. */
export interface Written {
  readonly items: number;
  readonly heads: readonly PlacedHead[];
  readonly problems: readonly Problem[];
}

/** Writes a file of digests. */
export async function writeDigests(
  { folder, name }: TargetFile,
  digested: readonly Digested[],
): Promise<Written> {
  const entries = digested.flatMap(({ digests, removed }): DigestLine[] => [
    ...digests,
    ...removed.map((id) => ({ removed: id })),
  ]);
  const problems = digested.flatMap((one) => one.problems);
  const heading: Heading = { format: FORMAT, items: digested.length, problems };
  const lines = [heading, ...entries].map((entry) => `${JSON.stringify(entry)}\n`);
  await writeTextFile(folder, { path: name, text: lines.join('') });
  let start = 0;
  const heads = lines.map((line, index) => {
    const entry = entries[index - 1];
    const at = { file: join(folder, name), start, length: Buffer.byteLength(line) - 1 };
    start += at.length + 1;
    return entry === undefined ? undefined : headOf(entry, at);
  });
  return { items: digested.length, heads: heads.flatMap((head) => head ?? []), problems };
}

/** The folder of what is read of one archive. */
export class DigestStore {
  readonly #folder: string;
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What an earlier run left, up to the first file that is missing or damaged. */
  async resume(): Promise<Written[]> {
    const names = new Set(await readdir(this.#folder).catch(() => []));
    const parts: Written[] = [];
    for (let name = fileName(0); names.has(name); name = fileName(this.#count)) {
      const part = await readDigests(join(this.#folder, name)).catch(() => undefined);
      if (part === undefined) break;
      this.#count += 1;
      parts.push(part);
    }
    return parts;
  }

  /** Where what is read next goes. */
  next(): TargetFile {
    const target = { folder: this.#folder, name: fileName(this.#count) };
    this.#count += 1;
    return target;
  }

  /** The files that are whole, in their order. */
  files(): string[] {
    return Array.from({ length: this.#count }, (_, index) => join(this.#folder, fileName(index)));
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
