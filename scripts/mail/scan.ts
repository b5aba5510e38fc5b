import { countFeatures } from './feature-mentions.ts';
import { findGuestTypes } from './guest-mentions.ts';
import type { ArchiveItem } from './mail.ts';
import { parseMailDate } from './mail-date.ts';
import { plainText, splitMessage } from './mail-headers.ts';
import { parseAncestors, parseMessageId } from './message-ids.ts';

/**
 * What a message is looked over for when threads are chosen from a large archive: where it stands, and words that speak
 * for it. Null: not a message that can be chosen, such as one without a Message-ID.
 */
export type Scan = {
  readonly id: string;
  readonly ancestors: readonly string[];
  readonly date: string | null;
  /** Rows of the matrix that its own lines speak of. */
  readonly features: readonly string[];
  readonly guests: readonly string[];
  /** Those of the names asked for that stand anywhere in it. */
  readonly symbols: readonly string[];
} | null;

/** Characters of a message that are looked over. */
const MAX_TEXT = 64 * 1024;
const QUOTED = /^[ \t]?>.*$/gm;
/** From the first line of a patch on, nothing is prose. */
const PATCH = /^(?:diff --git |--- a\/|Index: )/m;

function ownText(text: string): string {
  const patch = text.search(PATCH);
  return (patch < 0 ? text : text.slice(0, patch)).replace(QUOTED, '');
}

/** Looks messages over, also for some names. Pure; a tenth of the work of reading them. */
export function createScanner(symbols: readonly string[]): (item: ArchiveItem) => Scan {
  const wanted = symbols.map((symbol) => [symbol, new RegExp(`(?<!\\w)${symbol}(?!\\w)`)] as const);
  return (item) => {
    if (item.kind !== 'message') return null;
    const message = splitMessage(item.bytes.toString('latin1', 0, 4 * MAX_TEXT));
    const { headers } = message;
    const id = parseMessageId(headers.get('message-id') ?? '');
    if (id === undefined) return null;
    const text = plainText(message).slice(0, MAX_TEXT);
    const subject = headers.get('subject') ?? '';
    const own = `${/^re\b/i.test(subject) ? '' : subject}\n${ownText(text)}`;
    return {
      id,
      ancestors: parseAncestors(
        headers.get('references') ?? '',
        headers.get('in-reply-to') ?? '',
        id,
      ),
      date: parseMailDate(headers.get('date')),
      features: [...countFeatures(own).keys()],
      guests: findGuestTypes(own),
      symbols: wanted
        .filter(([name, pattern]) => text.includes(name) && pattern.test(text))
        .map(([name]) => name),
    };
  };
}
