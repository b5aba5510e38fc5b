import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { type BodyLine, ownParagraphs, parseBody } from './body.ts';
import { findFeatures } from './feature-mentions.ts';
import { findGuestTypes } from './guest-mentions.ts';
import type { ArchiveItem, Digest, Mail, MailSource } from './mail.ts';
import { parseMessage } from './message.ts';
import { isPageText, parsePageText } from './page-text.ts';
import { findQuestions } from './questions.ts';
import { findReferences } from './references/find-references.ts';
import { findReviewTags } from './review-tags.ts';
import { parseSubject } from './subject.ts';

/** What is made of one thing in an archive. Plain JSON. */
export interface Digested {
  readonly digests: readonly Digest[];
  /** Ids of messages that the archive removed. */
  readonly removed: readonly string[];
  readonly problems: readonly Problem[];
}

/** Lines of a message that are read for meaning; longer ones are logs and dumps. */
const MAX_LINES = 50_000;
/** References that are kept of one message. */
const MAX_FOUND = 5_000;

function meaningOf(mail: Mail, list: string, lines: readonly BodyLine[]) {
  const paragraphs = ownParagraphs(lines);
  const { title, isReply, patch } = parseSubject(mail.subject, mail.list ?? list);
  // A subject is the sender's own words only where the sender chose it.
  const own = [isReply ? '' : title, ...paragraphs].join('\n\n');
  const guests = new Set(findGuestTypes(own));
  return {
    patch,
    tags: findReviewTags(lines),
    guests: GUEST_TYPES.filter((guest) => guests.has(guest)),
    features: findFeatures(own),
    questions: findQuestions(paragraphs),
  };
}

/** What a message says, without its sentences. Pure. */
export function digestMail({ texts, ...head }: Mail, list: string): Digest {
  const lines = texts.flatMap(parseBody).slice(0, MAX_LINES);
  const found = findReferences(lines).slice(0, MAX_FOUND);
  return { ...head, ...meaningOf({ texts, ...head }, list, lines), found };
}

function refused(place: Mail['place'], actual: string): MailSource {
  const expected = 'a message, or a page of an archive';
  return { mails: [], problems: [problem('mail-unreadable', place, { actual, expected })] };
}

async function readPage(bytes: Buffer, place: Mail['place'], list: string): Promise<MailSource> {
  const { isPageHtml, parsePageHtml } = await import('./page-html.ts');
  const text = bytes.toString('utf8');
  if (isPageHtml(text)) return parsePageHtml(text, place);
  if (isPageText(text)) return parsePageText(text, place, list);
  return refused(place, 'a page without a message');
}

async function readMessage(bytes: Buffer, place: Mail['place'], list: string): Promise<MailSource> {
  const { mail, problems } = await parseMessage(bytes, place, list);
  return { mails: mail === undefined ? [] : [mail], problems };
}

/** The messages of one thing of an archive, with their texts. */
export async function readItem(item: ArchiveItem, list: string): Promise<MailSource> {
  if (item.kind === 'problem') return { mails: [], problems: [item.problem] };
  const { kind, bytes, place } = item;
  return kind === 'page' ? readPage(bytes, place, list) : readMessage(bytes, place, list);
}

/** Reads one thing of an archive. Depends on nothing else, so that it can be done anywhere and in any order. */
export async function digestItem(item: ArchiveItem, list: string): Promise<Digested> {
  const { mails, problems } = await readItem(item, list);
  if (item.kind === 'removal')
    return { digests: [], removed: mails.map(({ id }) => id), problems: [] };
  return { digests: mails.map((mail) => digestMail(mail, list)), removed: [], problems };
}
