/** Headers of raw messages, before a MIME parser sees them, and for looking a large archive over without one. */

/** More than any header section of a message has. */
export const MAX_HEADERS = 256 * 1024;

/** Headers that are read. What transport and filters add is more than half of a message, and says nothing here. */
const READ =
  /^(?:from|date|subject|message-id|references|in-reply-to|list-id|mime-version|content-[a-z-]+)[ \t]*:/i;

/** Where the header section ends: before the first empty line. */
function headerEnd(raw: Buffer): number {
  const [bare, full] = [raw.indexOf('\n\n'), raw.indexOf('\r\n\r\n')];
  if (bare < 0 && full < 0) return raw.length;
  if (bare < 0) return full;
  return full < 0 ? bare : Math.min(bare, full);
}

/** A raw message with the headers that are read; undefined when its header section has no end in sight. */
export function withReadHeaders(raw: Buffer): Buffer | undefined {
  const end = headerEnd(raw);
  if (end > MAX_HEADERS) return undefined;
  let keeps = false;
  const lines = raw
    .toString('latin1', 0, end)
    .split('\n')
    .filter((line) => {
      if (!/^[ \t]/.test(line)) keeps = READ.test(line);
      return keeps;
    });
  return Buffer.concat([Buffer.from(lines.join('\n'), 'latin1'), raw.subarray(end)]);
}

export interface RawMessage {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Parts a raw message, or a part of one, into headers and body; each byte is one character. */
export function splitMessage(text: string): RawMessage {
  const gap = /\r?\n\r?\n/.exec(text);
  const end = Math.min(gap?.index ?? text.length, MAX_HEADERS);
  const headers = new Map<string, string>();
  const unfolded = text.slice(0, end).replace(/\r?\n[ \t]+/g, ' ');
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: gap === null ? '' : text.slice(gap.index + gap[0].length) };
}

function decodeQuotedPrintable(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

function decodeBody(encoding: string, body: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('latin1');
  return /quoted-printable/i.test(encoding) ? decodeQuotedPrintable(body) : body;
}

const MAX_PARTS = 20;
const MAX_DEPTH = 4;

/** The plain text of a message, its parts one after the other; each byte is one character. */
export function plainText({ headers, body }: RawMessage, depth = 0): string {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";\s]{1,100})"?/i.exec(type)?.[1];
  if (boundary !== undefined && /^multipart\//i.test(type)) {
    if (depth >= MAX_DEPTH) return '';
    const parts = body.split(`--${boundary}`, MAX_PARTS + 1).slice(1);
    return parts
      .map((part) => plainText(splitMessage(part.replace(/^\r?\n/, '')), depth + 1))
      .join('\n');
  }
  if (!/^text\/|^\s*$/i.test(type)) return '';
  return decodeBody(headers.get('content-transfer-encoding') ?? '', body);
}
