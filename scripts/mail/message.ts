import libmime from 'libmime';
import addressparser from 'nodemailer/lib/addressparser';
import { type Place, type Problem, problem } from '../problems/problem.ts';
import { MAX_MESSAGE } from './archive-limits.ts';
import { cleanBody, cleanHeader } from './clean-text.ts';
import type { Mail } from './mail.ts';
import { parseMailDate } from './mail-date.ts';
import { type HeaderSection, MAX_HEADERS, readHeaders } from './mail-headers.ts';
import { archiveKey, parseAncestors, parseMessageId } from './message-ids.ts';
import { readPlainBody } from './plain-body.ts';
import { senderKey, senderName } from './sender.ts';

export interface ParsedMessage {
  readonly mail: Mail | undefined;
  readonly problems: readonly Problem[];
}

/** The texts of a message. The MIME parser is loaded for the first message that needs it. */
async function readTexts(raw: Buffer, headers: HeaderSection): Promise<string[]> {
  const plain = readPlainBody(raw, headers);
  if (plain !== undefined) return [plain.trim() === '' ? '' : cleanBody(plain)];
  const { readMimeTexts } = await import('./mime-texts.ts');
  return readMimeTexts(raw, headers);
}

/** A header's value with its bytes read as UTF-8 and its encoded words decoded. */
function decodeValue(value: string): string {
  return libmime.decodeWords(Buffer.from(value, 'latin1').toString('utf8'));
}

/** The names that values of `From:` were read as: a list has far more messages than senders. */
const namesOfSenders = new Map<string, string>();
const MAX_SENDERS = 2000;

/** The name of the first sender; it is decoded after the value is parted, so that it can hold whatever it says. */
function nameOfSender(value: string): string {
  const known = namesOfSenders.get(value);
  if (known !== undefined) return known;
  const [first] = addressparser(Buffer.from(value, 'latin1').toString('utf8'));
  const name = senderName(libmime.decodeWords(first?.name ?? ''));
  if (namesOfSenders.size >= MAX_SENDERS) namesOfSenders.clear();
  namesOfSenders.set(value, name);
  return name;
}

function listOf(listId: string): string | null {
  return /<([\w-]+)[\w.-]*>/.exec(listId)?.[1]?.toLowerCase() ?? null;
}

function describe(
  { fields }: HeaderSection,
  texts: readonly string[],
  place: Place,
  list: string,
): ParsedMessage {
  const written = parseMessageId(fields.get('message-id') ?? '');
  const date = parseMailDate(fields.get('date'));
  const sender = fields.get('from') ?? '';
  const from = nameOfSender(sender);
  const incomplete = (actual: string, expected: string): Problem =>
    problem('mail-incomplete', place, { actual, expected }, 'warning');
  const problems = [
    ...(date === null ? [incomplete('a message without a date', 'a `Date:` of RFC 5322')] : []),
    ...(written === undefined ? [incomplete('a message without an id', 'a `Message-ID:`')] : []),
  ];
  if (written === undefined && (date === null || sender === '')) {
    return unreadable(place, 'a message without an id, and without a date or a sender');
  }
  const named = listOf(fields.get('list-id') ?? '');
  const key = archiveKey(named ?? list, date ?? '', senderKey(from));
  return {
    mail: {
      id: written ?? key,
      idKind: written === undefined ? 'archive-key' : 'message-id',
      date,
      from,
      subject: cleanHeader(decodeValue(fields.get('subject') ?? '')),
      list: named,
      ancestors: parseAncestors(
        fields.get('references') ?? '',
        fields.get('in-reply-to') ?? '',
        written,
      ),
      texts,
      place,
    },
    problems,
  };
}

function unreadable(place: Place, actual: string): ParsedMessage {
  const expected = 'a message of RFC 5322';
  return { mail: undefined, problems: [problem('mail-unreadable', place, { actual, expected })] };
}

/** Reads one raw message. `list` names the list when the message does not. */
export async function parseMessage(
  raw: Buffer,
  place: Place,
  list: string,
): Promise<ParsedMessage> {
  if (raw.length > MAX_MESSAGE) return unreadable(place, `a message of ${raw.length} bytes`);
  const headers = readHeaders(raw);
  if (headers === undefined) return unreadable(place, `headers of over ${MAX_HEADERS} bytes`);
  try {
    return describe(headers, await readTexts(raw, headers), place, list);
  } catch (error) {
    return unreadable(place, `a message that the parser refuses (${String(error)})`);
  }
}
