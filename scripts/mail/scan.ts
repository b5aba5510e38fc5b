import { countFeatures } from './feature-mentions.ts';
import { findGuestTypes } from './guest-mentions.ts';
import type { ArchiveItem } from './mail.ts';
import { parseMailDate } from './mail-date.ts';
import { type HeaderSection, readHeaders } from './mail-headers.ts';
import { parseAncestors, parseMessageId } from './message-ids.ts';
import { searchText } from './search-text.ts';

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

/** What messages are looked over for, besides where they stand. */
export interface Sought {
  /** Rows of the matrix and guest types. */
  readonly lexicon: boolean;
  readonly symbols: readonly string[];
}

/** Lines with which a patch begins; from the first one on, nothing is prose. */
const PATCH_STARTS = ['diff --git ', '--- a/', 'Index: '];

function prose(text: string): string {
  const ends = PATCH_STARTS.map((start) =>
    text.startsWith(start) ? 0 : text.indexOf(`\n${start}`),
  ).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

/** Lines of prose without those that are quoted. */
function ownText(text: string): string {
  return prose(text)
    .split('\n')
    .filter((line) => !(line.startsWith('>') || line.startsWith(' >') || line.startsWith('\t>')))
    .join('\n');
}

function mentionsIn(text: string, { fields }: HeaderSection) {
  const subject = fields.get('subject') ?? '';
  const own = `${/^re\b/i.test(subject) ? '' : subject}\n${ownText(text)}`;
  return { features: [...countFeatures(own).keys()], guests: findGuestTypes(own) };
}

/** Looks messages over. Pure; a tenth of the work of reading them. What asks for no words reads headers only. */
export function createScanner({ symbols, lexicon }: Sought): (item: ArchiveItem) => Scan {
  const wanted = symbols.map((symbol) => [symbol, new RegExp(`(?<!\\w)${symbol}(?!\\w)`)] as const);
  return (item) => {
    const headers = item.kind === 'message' ? readHeaders(item.bytes) : undefined;
    if (item.kind !== 'message' || headers === undefined) return null;
    const { fields } = headers;
    const id = parseMessageId(fields.get('message-id') ?? '');
    if (id === undefined) return null;
    const text = lexicon || wanted.length > 0 ? searchText(item.bytes, headers) : '';
    return {
      id,
      ancestors: parseAncestors(
        fields.get('references') ?? '',
        fields.get('in-reply-to') ?? '',
        id,
      ),
      date: parseMailDate(fields.get('date')),
      ...(lexicon ? mentionsIn(text, headers) : { features: [], guests: [] }),
      symbols: wanted
        .filter(([name, pattern]) => text.includes(name) && pattern.test(text))
        .map(([name]) => name),
    };
  };
}
