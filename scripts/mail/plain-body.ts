import libbase64 from 'libbase64';
import libmime from 'libmime';
import charset from 'libmime/lib/charset.js';
import libqp from 'libqp';
import type { HeaderSection } from './mail-headers.ts';

/** Headers that say what a body is; a message that has one of them twice is left to the MIME parser. */
const STRUCTURE = ['content-type', 'content-disposition', 'content-transfer-encoding'];
/** Names of the charsets whose bytes are those of UTF-8, without what is no letter and no digit. */
const UTF8 = new Set(['', 'ascii', 'usascii', 'utf8']);

/** What stands between the characters of base64: line ends, and the marks of a footer that a list added. */
const NO_BASE64 = /[^a-zA-Z0-9+/=]+/g;

/** Takes the transfer encoding off; one that is not known leaves the bytes as they are. */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') {
    return libbase64.decode(bytes.toString('latin1').replace(NO_BASE64, ''));
  }
  return encoding === 'quoted-printable' ? libqp.decode(bytes.toString('latin1')) : bytes;
}

function decodeCharset(bytes: Buffer, name: string): string {
  const known = UTF8.has(name.toLowerCase().replace(/[^a-z0-9]+/g, ''));
  return known ? bytes.toString('utf8') : charset.decode(bytes, name);
}

function isWord(value: string, word: string): boolean {
  return value.trim().toLowerCase() === word;
}

/**
 * The text of a message that is one plain text, as most are; undefined when it has parts, is no plain text, or when
 * its headers leave a doubt, which a MIME parser settles.
 */
export function readPlainBody(
  raw: Buffer,
  { fields, repeated, body }: HeaderSection,
): string | undefined {
  if (STRUCTURE.some((name) => repeated.has(name))) return undefined;
  const [type, disposition, encoding = ''] = STRUCTURE.map((name) => fields.get(name));
  if (type === undefined && disposition !== undefined) return undefined;
  if (/[^\w.-]/.test(encoding)) return undefined;
  const { value, params } = libmime.parseHeaderValue(type ?? 'text/plain', { stripComments: true });
  if (!isWord(value, 'text/plain')) return undefined;
  if (disposition !== undefined && !isWord(disposition.split(';')[0] ?? '', 'inline')) {
    return undefined;
  }
  const bytes = decodeTransfer(raw.subarray(body), encoding.toLowerCase());
  const isFlowed = isWord(params['format'] ?? '', 'flowed');
  const text = isFlowed
    ? Buffer.from(
        libmime.decodeFlowed(bytes.toString('latin1'), isWord(params['delsp'] ?? '', 'yes')),
        'latin1',
      )
    : bytes;
  return decodeCharset(text, params['charset'] ?? '');
}
