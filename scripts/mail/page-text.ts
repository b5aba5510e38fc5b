import { type Place, type Problem, problem } from '../problems/problem.ts';
import { cleanBody, cleanHeader } from './clean-text.ts';
import type { MailSource } from './mail.ts';
import { parseMailDate } from './mail-date.ts';
import { archiveKey } from './message-ids.ts';
import { senderKey, senderOfHeader } from './sender.ts';

/**
 * A page of a MHonArc archive that a person saved as text: a line of links, the subject, the headers as a list with
 * bullets, the body, the archive's own footer. Such a page has no Message-ID and no references, so its message is keyed
 * by list, date and author; quoted blank lines are lost on the page as well.
 */
const LINKS = /^\s*\[Date Prev\]/m;
const HEADER = /^\s*[•*·-]\s+([A-Za-z][\w-]*):\s*(.*)$/;
/** The archive's own words below each message. */
const PAGE_FOOTER = /^Lists\.xenproject\.org is hosted /m;

export function isPageText(text: string): boolean {
  return LINKS.test(text.slice(0, 2000)) && parseHeaders(text).headers.has('from');
}

interface Headers {
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  readonly body: string;
}

function parseHeaders(text: string): Headers {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => HEADER.test(line));
  const headers = new Map<string, string>();
  let index = Math.max(first, 0);
  for (; index < lines.length; index += 1) {
    const match = HEADER.exec(lines[index] ?? '');
    if (match === null) break;
    headers.set((match[1] ?? '').toLowerCase(), match[2] ?? '');
  }
  const above = lines.slice(0, Math.max(first, 0)).filter((line) => line.trim() !== '');
  const subject = headers.get('subject') ?? above.filter((line) => !LINKS.test(line)).join(' ');
  return { headers, subject, body: lines.slice(index).join('\n').split(PAGE_FOOTER)[0] ?? '' };
}

/** Reads a saved page. `list` is the name of the list when the page does not say it. */
export function parsePageText(text: string, place: Place, list: string): MailSource {
  const { headers, subject, body } = parseHeaders(text);
  const date = parseMailDate(headers.get('date'));
  const from = senderOfHeader(headers.get('from') ?? '');
  const named = /<([\w-]+)\./.exec(headers.get('list-id') ?? '')?.[1]?.toLowerCase() ?? null;
  if (date === null) {
    const words = {
      actual: 'a saved page without a date',
      expected: 'a `Date:` among its headers',
    };
    return { mails: [], problems: [problem('mail-unreadable', place, words)] };
  }
  const keyed: Problem = problem(
    'mail-incomplete',
    place,
    {
      actual: 'a page without a Message-ID',
      expected: 'a Message-ID; the message is keyed by list, date and author, threaded by subject',
      repair: 'Import an mbox that holds the message as well: its Message-ID wins.',
    },
    'warning',
  );
  return {
    mails: [
      {
        id: archiveKey(named ?? list, date, senderKey(from)),
        idKind: 'archive-key',
        date,
        from,
        subject: cleanHeader(subject),
        list: named,
        ancestors: [],
        texts: [cleanBody(body.trim())],
        place,
      },
    ],
    problems: [keyed],
  };
}
