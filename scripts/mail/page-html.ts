import { type Place, problem } from '../problems/problem.ts';
import { cleanBody, cleanHeader } from './clean-text.ts';
import { htmlText } from './html-text.ts';
import type { MailSource } from './mail.ts';
import { parseMailDate } from './mail-date.ts';
import { parseAncestors, parseMessageId } from './message-ids.ts';
import { senderOfHeader } from './sender.ts';

/**
 * A page that MHonArc wrote. The id and the references stand in comments (`X-Message-Id`, `X-Reference`), where `-` is an
 * entity; sender and date are read from the list of headers, because `X-From-R13` is scrambled and `X-Date` may be the
 * day on which the archive got the message.
 */
function comments(html: string, name: string): string[] {
  const pattern = new RegExp(`<!--X-${name}: ([^\\n]{0,2000}?) -->`, 'g');
  return [...html.matchAll(pattern)].map((match) => unescapeText(match[1] ?? ''));
}

function unescapeText(text: string): string {
  return htmlText(`<pre>${text}</pre>`).trim();
}

function between(html: string, start: string, end: string): string {
  const from = html.indexOf(`<!--X-${start}-->`);
  const to = html.indexOf(`<!--X-${end}-->`, from);
  return from < 0 ? '' : html.slice(from, to < 0 ? undefined : to);
}

export function isPageHtml(text: string): boolean {
  return /<!--X-Message-Id: /.test(text) && text.includes('<!--X-Body-of-Message-->');
}

function headersOf(html: string): ReadonlyMap<string, string> {
  const lines = htmlText(between(html, 'Head-of-Message', 'Head-of-Message-End')).split('\n');
  const pairs = lines.flatMap((line) => {
    const match = /^\s*([A-Za-z][\w-]*)\s*:\s*(.*)$/.exec(line);
    return match === null ? [] : [[(match[1] ?? '').toLowerCase(), match[2] ?? ''] as const];
  });
  return new Map(pairs);
}

/** Reads a page of a MHonArc archive. */
export function parsePageHtml(html: string, place: Place): MailSource {
  const id = parseMessageId(comments(html, 'Message-Id')[0] ?? '');
  const headers = headersOf(html);
  if (id === undefined) {
    const words = {
      actual: 'a page without a Message-ID',
      expected: '`X-Message-Id` in a comment',
    };
    return { mails: [], problems: [problem('mail-unreadable', place, words)] };
  }
  const date = parseMailDate(headers.get('date') ?? comments(html, 'Date')[0]);
  const references = comments(html, 'Reference')
    .map((reference) => `<${reference}>`)
    .join(' ');
  const body = between(html, 'Body-of-Message', 'Body-of-Message-End');
  const dateless = { actual: 'a page without a date', expected: 'a `Date:` among its headers' };
  return {
    mails: [
      {
        id,
        idKind: 'message-id',
        date,
        from: senderOfHeader(headers.get('from') ?? ''),
        subject: cleanHeader(headers.get('subject') ?? comments(html, 'Subject')[0] ?? ''),
        list: /<([\w-]+)\./.exec(headers.get('list-id') ?? '')?.[1]?.toLowerCase() ?? null,
        ancestors: parseAncestors(references, headers.get('in-reply-to') ?? '', id),
        texts: [cleanBody(htmlText(body))],
        place,
      },
    ],
    problems: date === null ? [problem('mail-incomplete', place, dateless, 'warning')] : [],
  };
}
