import { type ParsedMail, simpleParser } from 'mailparser';
import { type Place, type Problem, problem } from '../problems/problem.ts';
import { MAX_MESSAGE } from './archive-limits.ts';
import { cleanBody, cleanHeader } from './clean-text.ts';
import { htmlText } from './html-text.ts';
import type { Mail } from './mail.ts';
import { parseMailDate } from './mail-date.ts';
import { MAX_HEADERS, withReadHeaders } from './mail-headers.ts';
import { archiveKey, parseAncestors, parseMessageId } from './message-ids.ts';
import { senderKey, senderName } from './sender.ts';

const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
} as const;

export interface ParsedMessage {
  readonly mail: Mail | undefined;
  readonly problems: readonly Problem[];
}

/** The raw value of the first header of a name, unfolded; the parser's own values invent dates. */
function headerOf(parsed: ParsedMail, name: string): string {
  const line = parsed.headerLines.find(({ key }) => key === name)?.line ?? '';
  return line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '');
}

/** Whether an attachment is a patch; logs and configurations that people attach are not what they say. */
function isPatch(
  { contentType, filename }: ParsedMail['attachments'][number],
  text: string,
): boolean {
  if (/^text\/x-(?:patch|diff)$/.test(contentType) || /\.(?:patch|diff)$/i.test(filename ?? '')) {
    return true;
  }
  return contentType === 'text/plain' && /^(?:diff --git |--- \S.*\n\+\+\+ )/m.test(text);
}

/** The body and the attached patches; an HTML body counts when there is no plain one. */
function textsOf(parsed: ParsedMail): string[] {
  const html = typeof parsed.html === 'string' ? parsed.html : '';
  const body = parsed.text?.trim() ? parsed.text : htmlText(html);
  const attached = parsed.attachments.flatMap((attachment) => {
    const text = cleanBody(attachment.content.toString('utf8'));
    return isPatch(attachment, text) ? [text] : [];
  });
  return [cleanBody(body), ...attached];
}

function listOf(parsed: ParsedMail): string | null {
  const id = /<([\w-]+)[\w.-]*>/.exec(headerOf(parsed, 'list-id'))?.[1];
  return id?.toLowerCase() ?? null;
}

function describe(parsed: ParsedMail, place: Place, list: string): ParsedMessage {
  const written = parseMessageId(headerOf(parsed, 'message-id'));
  const date = parseMailDate(headerOf(parsed, 'date'));
  const from = senderName(parsed.from?.value[0]?.name);
  const incomplete = (actual: string, expected: string): Problem =>
    problem('mail-incomplete', place, { actual, expected }, 'warning');
  const problems = [
    ...(date === null ? [incomplete('a message without a date', 'a `Date:` of RFC 5322')] : []),
    ...(written === undefined ? [incomplete('a message without an id', 'a `Message-ID:`')] : []),
  ];
  if (written === undefined && (date === null || parsed.from === undefined)) {
    return unreadable(place, 'a message without an id, and without a date or a sender');
  }
  const named = listOf(parsed);
  const key = archiveKey(named ?? list, date ?? '', senderKey(from));
  return {
    mail: {
      id: written ?? key,
      idKind: written === undefined ? 'archive-key' : 'message-id',
      date,
      from,
      subject: cleanHeader(parsed.subject ?? ''),
      list: named,
      ancestors: parseAncestors(
        headerOf(parsed, 'references'),
        headerOf(parsed, 'in-reply-to'),
        written,
      ),
      texts: textsOf(parsed),
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
  const readable = withReadHeaders(raw);
  if (readable === undefined) return unreadable(place, `headers of over ${MAX_HEADERS} bytes`);
  try {
    return describe(await simpleParser(readable, OPTIONS), place, list);
  } catch (error) {
    return unreadable(place, `a message that the parser refuses (${String(error)})`);
  }
}
