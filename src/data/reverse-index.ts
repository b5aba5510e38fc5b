/**
 * The reverse index: for a symbol or a file of Xen, every entry that touches it. It is what the pages under
 * `/symbols/` and `/files/` show.
 *
 * A name that an entry is about (`AVX2`, `mmu_update`) has the page of that entry; it gets a page of its own only when
 * another entry mentions it as a symbol of the source.
 */
import type { GuestType } from '../model/guest-types.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import type { Reference } from '../schema/thread.ts';
import type { Content } from './content.ts';
import { deriveMentions } from './content-mentions.ts';
import {
  MENTION_COLLECTIONS,
  MENTION_ROLES,
  type Mention,
  type MentionCollection,
  type MentionRole,
  type Spot,
} from './mentions.ts';

/** One entry that touches the name, with all that it says about it. */
export interface Touch {
  readonly collection: MentionCollection;
  readonly url: string;
  readonly title: string;
  readonly roles: readonly MentionRole[];
  /** Columns that rest on it. */
  readonly guests: readonly GuestType[];
  /** States of a reference of a message on the pinned tree. */
  readonly states: readonly Reference['state'][];
}

export interface NamePage {
  /** The symbol, or the path from the root of the tree. */
  readonly name: string;
  readonly touches: readonly Touch[];
  /** Places in the tree that entries point at, sorted by path and line. */
  readonly spots: readonly Spot[];
}

export interface ReverseIndex {
  readonly symbols: ReadonlyMap<string, NamePage>;
  readonly files: ReadonlyMap<string, NamePage>;
}

const ROLE_ORDER = Object.keys(MENTION_ROLES) as readonly MentionRole[];

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function present<T>(order: readonly T[], values: readonly T[]): T[] {
  const set = new Set(values);
  return order.filter((value) => set.has(value));
}

function touchOf(mentions: readonly [Mention, ...Mention[]]): Touch {
  const [{ collection, url, title }] = mentions;
  return {
    collection,
    url,
    title,
    roles: present(
      ROLE_ORDER,
      mentions.map((mention) => mention.role),
    ),
    guests: present(
      GUEST_TYPES,
      mentions.flatMap((mention) => mention.guests),
    ),
    states: [
      ...new Set(mentions.flatMap(({ state }) => (state === undefined ? [] : [state]))),
    ].sort(),
  };
}

/** Entries in the order of the collections; within one, what is about the name comes first. */
function compareTouches(a: Touch, b: Touch): number {
  const rank = ({ roles: [first = 'evidence'] }: Touch) => ROLE_ORDER.indexOf(first);
  return (
    MENTION_COLLECTIONS.indexOf(a.collection) - MENTION_COLLECTIONS.indexOf(b.collection) ||
    rank(a) - rank(b) ||
    compareText(a.url, b.url)
  );
}

export function mergeTouches(mentions: readonly Mention[]): Touch[] {
  return [...Map.groupBy(mentions, (mention) => mention.url).values()]
    .flatMap(([first, ...rest]) => (first === undefined ? [] : [touchOf([first, ...rest])]))
    .sort(compareTouches);
}

/** A place without a line is left out where another mention knows the line. */
function spotsOf(mentions: readonly Mention[]): Spot[] {
  const all = mentions.flatMap(({ spot }) => (spot === undefined ? [] : [spot]));
  const placed = new Set(
    all.flatMap(({ path, symbol, line }) => (line === undefined ? [] : [`${path} ${symbol}`])),
  );
  const spots = all.filter(
    ({ path, symbol, line }) => line !== undefined || !placed.has(`${path} ${symbol}`),
  );
  return [
    ...Map.groupBy(spots, (spot) => JSON.stringify([spot.path, spot.symbol, spot.line])).values(),
  ]
    .flatMap(([spot]) => (spot === undefined ? [] : [spot]))
    .sort(
      (a, b) =>
        compareText(a.path, b.path) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        compareText(a.symbol ?? '', b.symbol ?? ''),
    );
}

function subjectName({ subject }: Mention): string {
  return 'name' in subject ? subject.name : '';
}

/** Whether only the entry that is about the name touches it: then that entry's page is the page of the name. */
function isOwnEvidence(touches: readonly Touch[]): boolean {
  return touches.length === 1 && touches[0]?.roles[0] === 'names';
}

function pagesOf(
  mentions: readonly Mention[],
  kind: 'symbol' | 'file',
): ReadonlyMap<string, NamePage> {
  const named = Map.groupBy(
    mentions.filter(({ subject }) => subject.kind === kind),
    subjectName,
  );
  const about = Map.groupBy(
    mentions.filter(({ subject }) => kind === 'symbol' && subject.kind === 'name'),
    subjectName,
  );
  const pages = [...named].flatMap(([name, own]): [string, NamePage][] => {
    const touches = mergeTouches([...(about.get(name) ?? []), ...own]);
    return isOwnEvidence(touches) ? [] : [[name, { name, touches, spots: spotsOf(own) }]];
  });
  return new Map(pages.sort(([a], [b]) => compareText(a, b)));
}

/** Groups mentions by the symbol and by the file that they name, sorted by name. */
export function groupMentions(mentions: readonly Mention[]): ReverseIndex {
  return { symbols: pagesOf(mentions, 'symbol'), files: pagesOf(mentions, 'file') };
}

export function deriveReverseIndex(content: Content): ReverseIndex {
  return groupMentions(deriveMentions(content));
}
