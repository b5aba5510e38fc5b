import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../problems/problem.ts';
import type { Mail, MailSource } from './mail.ts';
import { createMboxSplitter, isMbox } from './mbox.ts';
import { parseMessage } from './message.ts';
import { isPageHtml, parsePageHtml } from './page-html.ts';
import { isPageText, parsePageText } from './page-text.ts';

/** Bytes that tell what kind of source a file is. */
const START = 64 * 1024;
/** A page or a single message that is larger is not read whole. */
const MAX_PAGE = 32 * 1024 * 1024;

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The raw messages of an mbox, one at a time. */
export async function* readMbox(path: string): AsyncGenerator<Buffer> {
  const splitter = createMboxSplitter();
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    yield* splitter.push(Buffer.from(chunk));
  }
  yield* splitter.end();
}

async function readMboxSource(path: string, list: string): Promise<MailSource> {
  const mails: Mail[] = [];
  const problems: MailSource['problems'][number][] = [];
  let count = 0;
  for await (const raw of readMbox(path)) {
    count += 1;
    const parsed = await parseMessage(raw, { path: `${path}#${count}` }, list);
    if (parsed.mail !== undefined) mails.push(parsed.mail);
    problems.push(...parsed.problems);
  }
  return { mails, problems };
}

function unusable(path: string, actual: string): MailSource {
  const expected = 'an mbox, a message, a page of a MHonArc archive, or a folder of such files';
  return { mails: [], problems: [problem('archive-unusable', { path }, { actual, expected })] };
}

async function readWhole(path: string, size: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (size > MAX_PAGE) return Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function readFileSource(path: string, size: number, list: string): Promise<MailSource> {
  const start = await readStart(path);
  if (isMbox(start)) return readMboxSource(path, list);
  const bytes = await readWhole(path, size);
  const text = bytes.toString('utf8');
  if (isPageHtml(text)) return parsePageHtml(text, { path });
  if (isPageText(text)) return parsePageText(text, { path }, list);
  if (/^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}/.test(start.toString('latin1'))) {
    const { mail, problems } = await parseMessage(bytes, { path }, list);
    return { mails: mail === undefined ? [] : [mail], problems };
  }
  return unusable(path, size === 0 ? 'an empty file' : 'a file of another kind');
}

/** Reads one source: an mbox, a single message, a saved page, or a folder of MHonArc pages or messages. */
export async function readSource(path: string, list: string): Promise<MailSource> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
  if (typeof found === 'string') return unusable(path, `nothing that can be opened (${found})`);
  if (found.isFile()) return readFileSource(path, found.size, list);
  if (!found.isDirectory()) return unusable(path, 'neither a file nor a folder');
  const names = (await readdir(path)).filter((name) => /^msg\d+\.html$|\.eml$/.test(name)).sort();
  if (names.length === 0) return unusable(path, 'a folder without `msg*.html` and `*.eml`');
  const sources: MailSource[] = [];
  for (const name of names) sources.push(await readSource(join(path, name), list));
  return {
    mails: sources.flatMap((source) => source.mails),
    problems: sources.flatMap((source) => source.problems),
  };
}
