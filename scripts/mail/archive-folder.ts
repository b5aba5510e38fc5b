import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../problems/problem.ts';
import { MAX_MESSAGE } from './archive-limits.ts';
import { tooLarge } from './archive-mbox.ts';
import type { ArchiveItem } from './mail.ts';

const PAGE = /^msg\d+\.html$/;
const MESSAGE = /\.eml$/;

/** Names in an order that is the same everywhere: numbers by their value. */
function byNumber(a: string, b: string): number {
  const number = (name: string) => Number(/\d+/.exec(name)?.[0] ?? Number.POSITIVE_INFINITY);
  const [left, right] = [number(a), number(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Files of a folder that hold a message each, sorted; a Maildir has them in `cur/` and `new/`. */
export async function findMessageFiles(folder: string): Promise<string[]> {
  const own = (await namesIn(folder)).filter((name) => PAGE.test(name) || MESSAGE.test(name));
  const delivered: string[] = [];
  for (const part of ['cur', 'new']) {
    const names = await namesIn(join(folder, part));
    delivered.push(
      ...names.filter((name) => !name.startsWith('.')).map((name) => `${part}/${name}`),
    );
  }
  // The name of a file in a Maildir begins with the time of delivery; which of the two folders it is in says nothing.
  return [...own.sort(byNumber), ...delivered.sort((a, b) => byNumber(a.slice(4), b.slice(4)))];
}

/** The messages of a Maildir, of a folder of `*.eml`, or of a folder of MHonArc pages. */
export async function* readFolder(
  folder: string,
  names: readonly string[],
): AsyncGenerator<ArchiveItem> {
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
    if (typeof found === 'string') {
      const words = { actual: `a file that cannot be opened (${found})`, expected: 'a message' };
      yield { kind: 'problem', problem: problem('mail-unreadable', { path }, words) };
    } else if (found.size > MAX_MESSAGE) yield tooLarge({ path }, found.size);
    else {
      const kind = PAGE.test(name) ? 'page' : 'message';
      yield { kind, bytes: await readFile(path), place: { path } };
    }
  }
}
