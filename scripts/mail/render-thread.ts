import type { Thread } from '../../src/schema/thread.ts';
import { renderEntry } from '../markdown/entry.ts';

const COMMENT = 'Extracted by `npm run atlas -- import`; never edited by hand.';

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A name in Markdown: characters that would be markup are escaped. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#!|&~$:]/g, '\\$&');
}

/** One or two sentences about a thread: who began it, when, on which list, how much of it is there. */
export function renderThreadBody(thread: Thread): string {
  const root = thread.messages.find(({ parent }) => parent === null);
  const began =
    root === undefined
      ? `The first message of this thread on ${thread.list} is not here; the earliest one that is here is of ${thread.first ?? 'an unknown day'}.`
      : `${escapeMarkdown(root.from)} began this thread on ${thread.list}${root.date === null ? '' : ` on ${root.date.slice(0, 10)}`}.`;
  const here = `${count(thread.messages.length, 'message is', 'messages are')} here`;
  const until = thread.last === null ? '' : `, the last of ${thread.last}`;
  const missing =
    thread.missing.length === 0
      ? ''
      : `; ${count(thread.missing.length, 'message is', 'messages are')} known from references only`;
  return `${began} ${here.charAt(0).toUpperCase()}${here.slice(1)}${until}${missing}.`;
}

/** The file of a thread, in its canonical form. */
export function renderThread(thread: Thread): { readonly path: string; readonly text: string } {
  const text = renderEntry(thread, renderThreadBody(thread), COMMENT);
  return { path: `threads/${thread.id}.md`, text };
}
