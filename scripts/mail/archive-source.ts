import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { type Problem, problem } from '../problems/problem.ts';
import { findMessageFiles, readFolder } from './archive-folder.ts';
import { countCommits, findEpochs, readHead, readInbox } from './archive-git.ts';
import { MAX_MESSAGE } from './archive-limits.ts';
import { isGzip, readFilePieces, readStart, splitMbox } from './archive-mbox.ts';
import { isWebAddress, WEB_LIMITS, type WebLimits } from './archive-url.ts';
import { readWeb } from './archive-web.ts';
import type { ArchiveItem } from './mail.ts';
import { isMbox } from './mbox.ts';
import { isPageHtml } from './page-html.ts';
import { isPageText } from './page-text.ts';

/** Which things of an archive are read, by their number from 0. */
export type Wanted = (index: number) => boolean;

/** An archive that can be read whole, or in parts. */
export interface Archive {
  readonly source: string;
  /** Tells one state of an archive from another; null when it cannot be told, as of an address. */
  readonly state: string | null;
  /** How many things it holds; null when that is known only at its end. */
  readonly count: number | null;
  /** What it holds, in an order that is always the same. */
  readonly read: (wanted: Wanted) => AsyncIterable<ArchiveItem>;
}

export type OpenedArchive =
  | { readonly ok: true; readonly archive: Archive }
  | { readonly ok: false; readonly problem: Problem };

async function* only(
  items: AsyncIterable<ArchiveItem>,
  wanted: Wanted,
): AsyncGenerator<ArchiveItem> {
  let index = 0;
  for await (const item of items) {
    if (wanted(index)) yield item;
    index += 1;
  }
}

function opened(
  source: string,
  state: string | null,
  read: (wanted: Wanted) => AsyncIterable<ArchiveItem>,
  count: number | null = null,
): OpenedArchive {
  return { ok: true, archive: { source, state, count, read } };
}

function unusable(path: string, actual: string): OpenedArchive {
  const expected =
    'an mbox, a message, a Maildir, a public-inbox repository, pages of a MHonArc archive, or an address of one';
  return { ok: false, problem: problem('archive-unusable', { path }, { actual, expected }) };
}

/** The words after which a damaged file is left, with what came before it kept. */
async function* guarded(
  items: AsyncIterable<ArchiveItem>,
  path: string,
): AsyncGenerator<ArchiveItem> {
  try {
    yield* items;
  } catch (error) {
    const actual = `an archive that is damaged (${error instanceof Error ? error.message : String(error)})`;
    const words = { actual, expected: 'an archive that can be read to its end' };
    yield { kind: 'problem', problem: problem('archive-unusable', { path }, words) };
  }
}

async function* wholeFile(path: string, kind: 'message' | 'page'): AsyncGenerator<ArchiveItem> {
  yield { kind, bytes: await readFile(path), place: { path } };
}

async function openFile(path: string, size: number, state: string): Promise<OpenedArchive> {
  const start = await readStart(path);
  if (isGzip(start) || isMbox(start)) {
    return opened(path, state, (wanted) =>
      only(guarded(splitMbox(readFilePieces(path, start), path), path), wanted),
    );
  }
  if (size > MAX_MESSAGE) return unusable(path, `a file of ${size} bytes that is no mbox`);
  const text = (await readFile(path)).toString('utf8');
  const isPage = isPageHtml(text) || isPageText(text);
  if (isPage || /^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}/.test(start.toString('latin1'))) {
    return opened(path, state, (wanted) =>
      only(wholeFile(path, isPage ? 'page' : 'message'), wanted),
    );
  }
  return unusable(path, size === 0 ? 'an empty file' : 'a file of another kind');
}

async function openFolder(path: string): Promise<OpenedArchive> {
  const epochs = await findEpochs(path);
  if (epochs.length > 0) {
    const heads: string[] = [];
    let count = 0;
    for (const epoch of epochs) {
      heads.push(await readHead(epoch));
      count += await countCommits(epoch);
    }
    return opened(
      path,
      heads.join(' '),
      (wanted) => guarded(readInbox(epochs, wanted), path),
      count,
    );
  }
  const names = await findMessageFiles(path);
  if (names.length === 0) {
    return unusable(path, 'a folder without `msg*.html`, `*.eml`, `cur/`, `new/` or a repository');
  }
  const state = createHash('sha256').update(names.join('\0')).digest('hex');
  const read = (wanted: Wanted) =>
    readFolder(
      path,
      names.filter((_name, index) => wanted(index)),
    );
  return opened(path, state, read, names.length);
}

/** Opens a source: a file, a folder, or an address on the web. Nothing but the start of it is read. */
export async function openArchive(
  source: string,
  limits: WebLimits = WEB_LIMITS,
): Promise<OpenedArchive> {
  if (isWebAddress(source)) {
    return opened(source, null, (wanted) => only(readWeb(source, limits), wanted));
  }
  const found = await stat(source).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
  if (typeof found === 'string') return unusable(source, `nothing that can be opened (${found})`);
  try {
    if (found.isFile()) return await openFile(source, found.size, `${found.size} ${found.mtimeMs}`);
    if (found.isDirectory()) return await openFolder(source);
  } catch (error) {
    return unusable(source, `an archive that cannot be read (${String(error)})`);
  }
  return unusable(source, 'neither a file nor a folder');
}
