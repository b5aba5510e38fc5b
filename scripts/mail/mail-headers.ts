/** The header section of a raw message, read without a MIME parser. */

/** More than any header section of a message has. */
export const MAX_HEADERS = 256 * 1024;

/** Headers that are read. What transport and filters add is more than half of a message, and says nothing here. */
const READ =
  /^(?:from|date|subject|message-id|references|in-reply-to|list-id|mime-version|content-[a-z-]+)[ \t]*:/i;

export interface HeaderSection {
  /** The first value of each header that is read, by its name in lower case: unfolded, each byte one character. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names of headers that stand there more than once. */
  readonly repeated: ReadonlySet<string>;
  /** The lines of the headers that are read, as they are written. */
  readonly text: string;
  /** Where its last line ends: at the line end before the empty line, or at the end of the message. */
  readonly end: number;
  /** Where the body begins. */
  readonly body: number;
}

/** Where the last line of the header section ends, and where the body begins, after the first empty line. */
function headerEnd(raw: Buffer): { readonly end: number; readonly body: number } {
  const [bare, full] = [raw.indexOf('\n\n'), raw.indexOf('\n\r\n')];
  if (bare < 0 && full < 0) return { end: raw.length, body: raw.length };
  const isFull = bare < 0 || (full >= 0 && full < bare);
  return isFull ? { end: full, body: full + 3 } : { end: bare, body: bare + 2 };
}

/** The lines of each header that is read, with those over which it is folded. */
function readLines(section: string): string[] {
  const headers: string[] = [];
  let keeps = false;
  for (const line of section.split('\n')) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (keeps) headers.push(`${headers.pop() ?? ''}\n${line}`);
      continue;
    }
    keeps = READ.test(line);
    if (keeps) headers.push(line);
  }
  return headers;
}

/** The headers of a raw message; undefined when its header section has no end in sight. */
export function readHeaders(raw: Buffer): HeaderSection | undefined {
  const { end, body } = headerEnd(raw);
  if (end > MAX_HEADERS) return undefined;
  const lines = readLines(raw.toString('latin1', 0, end));
  const fields = new Map<string, string>();
  const repeated = new Set<string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    const value = line.slice(colon + 1).replace(/(?:\r?\n|\r)[ \t]*/g, ' ');
    if (fields.has(name)) repeated.add(name);
    if (!fields.get(name)) fields.set(name, value.trim());
  }
  return { fields, repeated, text: lines.join('\n'), end, body };
}

/** A message with the headers that are read only. */
export function withReadHeaders(raw: Buffer, { text, end }: HeaderSection): Buffer {
  return Buffer.concat([Buffer.from(text, 'latin1'), raw.subarray(end)]);
}
