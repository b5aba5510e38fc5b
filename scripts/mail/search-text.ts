import { type HeaderSection, readHeaders } from './mail-headers.ts';
import { decodeTransfer } from './plain-body.ts';

/** Characters of a message that are searched, and bytes of it that are looked at for them. */
const MAX_TEXT = 64 * 1024;
const MAX_BYTES = 4 * MAX_TEXT;
const MAX_PARTS = 20;
const MAX_DEPTH = 4;

/** The pieces of a body between lines that begin with a boundary, without what stands before the first one. */
function partsOf(body: Buffer, boundary: string): Buffer[] {
  const mark = `--${boundary}`;
  const starts: number[] = [];
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    starts.push(at);
    if (starts.length > MAX_PARTS) break;
  }
  return starts
    .slice(0, MAX_PARTS)
    .map((start, index) => body.subarray(start + mark.length, starts[index + 1]));
}

/** A part begins with the line end of its boundary, which is no empty line before its headers. */
function withoutLineEnd(part: Buffer): Buffer {
  const end = part.indexOf('\n');
  return end < 0 ? part : part.subarray(end + 1);
}

function textOf(raw: Buffer, { fields, body }: HeaderSection, depth: number): string {
  const type = fields.get('content-type') ?? 'text/plain';
  const bytes = raw.subarray(body, MAX_BYTES);
  const boundary = /boundary="?([^";\s]{1,100})"?/i.exec(type)?.[1];
  if (boundary !== undefined && /^multipart\//i.test(type)) {
    if (depth >= MAX_DEPTH) return '';
    return partsOf(bytes, boundary)
      .map((part) => searchText(withoutLineEnd(part), undefined, depth + 1))
      .join('\n');
  }
  if (!/^text\//i.test(type)) return '';
  const encoding = fields.get('content-transfer-encoding')?.toLowerCase() ?? '';
  return decodeTransfer(bytes, encoding).toString('latin1', 0, MAX_TEXT);
}

/**
 * The first part of the plain text of a message, to be searched for words of ASCII: its parts one after the other, each
 * byte one character.
 */
export function searchText(raw: Buffer, headers = readHeaders(raw), depth = 0): string {
  return headers === undefined ? '' : textOf(raw, headers, depth).slice(0, MAX_TEXT);
}
