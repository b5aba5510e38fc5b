/**
 * Text of unknown origin made safe to keep: no control characters, no characters that turn the direction of text or
 * take no room, no addresses where a name or a subject is kept. Markup stays as text; pages escape it.
 */

const MAX_HEADER = 500;
const MAX_LINE = 20_000;
const MAX_LINES = 200_000;

/** Control characters but tab and newline, and lone surrogates. */
const CONTROL = /[^\P{Cc}\t\n]|\p{Cs}/gu;
/** Soft hyphen, bidirectional controls, zero-width characters, the byte order mark. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Starts at the start of a word only, so that a long text without `@` costs one pass. */
const ADDRESS = /<?(?<![^\s<>()"',;:])[^\s<>()"',;:@]+@[^\s<>()"',;:@]+>?/g;

/** A header's value as one line without addresses. */
export function cleanHeader(text: string): string {
  return withoutAddresses(
    text.replace(/\s/g, ' ').replace(CONTROL, '').replace(INVISIBLE, '').slice(0, MAX_HEADER),
  )
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Each address replaced by the word `(address)`. */
export function withoutAddresses(text: string): string {
  return text.includes('@') ? text.replace(ADDRESS, '(address)') : text;
}

/** Everything that is cleaned away, and the halves of characters that need two; most texts have none of it. */
const UNUSUAL =
  /[^\P{Cc}\t\n]|[\u00a0\u00ad\u061c\u200b-\u200f\u202a-\u202f\u2060-\u2069\ud800-\udfff\ufeff]/u;

/** Whether a text keeps to the limits of lines. */
function isWithinLimits(text: string): boolean {
  let start = 0;
  for (let lines = 1; lines <= MAX_LINES; lines += 1) {
    const end = text.indexOf('\n', start);
    if ((end < 0 ? text.length : end) - start > MAX_LINE) return false;
    if (end < 0) return true;
    start = end + 1;
  }
  return false;
}

/** A body as lines that end in `\n`: tabs stay, no-break spaces become spaces, hostile lengths are cut. */
export function cleanBody(text: string): string {
  const unix = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const clean = UNUSUAL.test(unix)
    ? unix
        .replace(/[\u00a0\u202f]/g, ' ')
        .replace(CONTROL, '')
        .replace(INVISIBLE, '')
    : unix;
  if (isWithinLimits(clean)) return clean;
  const lines = clean.split('\n', MAX_LINES);
  return lines.map((line) => line.slice(0, MAX_LINE)).join('\n');
}
