import type { Message } from '../../src/schema/thread.ts';

const REPLY = /^(?:re|aw|sv|antw|antwort|fwd?|wg)(?:\[\d+\])?\s*:\s*/i;
const TAG = /^\[([^\]]{0,80})\]\s*/;
const VERSION = /^v(\d{1,3})$/i;
const POSITION = /^(\d{1,4})\/(\d{1,4})$/;

export interface Subject {
  /** Without list tags and reply marks; what a series says about itself stays. */
  readonly title: string;
  /** Without any tag: what two subjects of one thread share. */
  readonly base: string;
  readonly isReply: boolean;
  readonly patch: Message['patch'];
}

function isListTag(tag: string, list: string): boolean {
  return tag.toLowerCase() === list.toLowerCase();
}

/** `PATCH v3 1/8`, `XEN PATCH for-4.19`, `RFC PATCH`: a tag without a number is one patch of one. */
function parsePatchTag(tag: string): Message['patch'] {
  const words = tag.split(/\s+/);
  if (!words.some((word) => word.toUpperCase() === 'PATCH')) return null;
  const version = words.map((word) => VERSION.exec(word)?.[1]).find((found) => found !== undefined);
  const position = words.map((word) => POSITION.exec(word)).find((found) => found !== null);
  const of = Number(position?.[2] ?? 1);
  const number = Number(position?.[1] ?? 1);
  if (of < 1 || Number(version ?? 1) < 1) return null;
  return { version: Number(version ?? 1), number, of };
}

/** Reads a subject: the tag of the list, marks of replies, the tags of a patch series. */
export function parseSubject(subject: string, list: string): Subject {
  let title = subject;
  let isReply = false;
  for (;;) {
    const tag = TAG.exec(title);
    const mark = REPLY.exec(title)?.[0] ?? (isListTag(tag?.[1] ?? '', list) ? tag?.[0] : undefined);
    if (mark === undefined || mark === '') break;
    isReply ||= REPLY.test(title);
    title = title.slice(mark.length);
  }
  let base = title;
  let patch: Message['patch'] = null;
  for (let tag = TAG.exec(base); tag !== null; tag = TAG.exec(base)) {
    patch ??= parsePatchTag(tag[1] ?? '');
    base = base.slice(tag[0].length);
  }
  return { title: title.trim(), base: base.trim(), isReply, patch: isReply ? null : patch };
}

const SLUG_WORDS = 6;
const SLUG_LENGTH = 60;
/** Words that say nothing about a thread. */
const EMPTY_WORDS = new Set(['a', 'an', 'and', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/** The words of a slug: letters and digits of ASCII only, so that no subject can leave the folder. */
export function slugWords(base: string): string {
  const words = base
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word));
  const slug = words.slice(0, SLUG_WORDS).join('-').slice(0, SLUG_LENGTH).replace(/-+$/, '');
  return slug === '' ? 'thread' : slug;
}
