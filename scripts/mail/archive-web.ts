import { problem } from '../problems/problem.ts';
import { gunzip, isGzip, splitMbox } from './archive-mbox.ts';
import { linksOfIndex, mboxAddress, readAddress, type WebLimits } from './archive-url.ts';
import type { ArchiveItem } from './mail.ts';
import { isMbox } from './mbox.ts';
import { isPageHtml } from './page-html.ts';

function failed(path: string, error: unknown): ArchiveItem {
  const actual = `an answer that cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  const words = { actual, expected: 'a message, an mbox, or pages of a MHonArc archive' };
  return { kind: 'problem', problem: problem('archive-unusable', { path }, words) };
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The messages that the index pages of a MHonArc archive name, each once; every index page is asked once. */
async function* readPages(
  html: string,
  address: string,
  limits: WebLimits,
): AsyncGenerator<ArchiveItem> {
  const first = linksOfIndex(html, address);
  const messages = new Set(first.messages);
  const indexes = [...first.indexes];
  const asked = new Set([address]);
  for (let index = indexes.shift(); index !== undefined; index = indexes.shift()) {
    if (asked.has(index) || asked.size >= limits.pages) continue;
    asked.add(index);
    const more = linksOfIndex((await readAddress(index, limits)).toString('utf8'), index);
    for (const message of more.messages) messages.add(message);
    indexes.push(...more.indexes);
  }
  if (messages.size === 0) yield failed(address, 'a page that is no message and names none');
  for (const path of [...messages].sort().slice(0, limits.pages)) {
    try {
      yield { kind: 'page', bytes: await readAddress(path, limits), place: { path } };
    } catch (error) {
      yield failed(path, error);
    }
  }
}

/**
 * What an address of an archive gives: an mbox, compressed or not; a page of a message; or, for an index page of
 * MHonArc, every message that it names. The address of a message in a public-inbox archive stands for its thread.
 */
export async function* readWeb(source: string, limits: WebLimits): AsyncGenerator<ArchiveItem> {
  try {
    const address = mboxAddress(source);
    const bytes = await readAddress(address, limits);
    if (isGzip(bytes)) {
      yield* splitMbox(gunzip(one(bytes)), source);
      return;
    }
    const text = bytes.toString('utf8');
    if (isMbox(bytes)) yield* splitMbox(one(bytes), source);
    else if (isPageHtml(text)) yield { kind: 'page', bytes, place: { path: source } };
    else yield* readPages(text, address, limits);
  } catch (error) {
    yield failed(source, error);
  }
}
