/** The shape of the identifier index, which the search loads packed (`packed-identifiers.ts`); `identifiers.ts` derives it. */
import type { MentionCollection, MentionRole } from './mentions.ts';

export const IDENTIFIER_KINDS = [
  'symbol',
  'file',
  'name',
  'option',
  'message',
  'revision',
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** A page that answers: its address, its title, its collection. */
export type IndexedPage = readonly [url: string, title: string, collection: MentionCollection];

/** A position in `pages` and one in `roles`. */
export type IndexedTarget = readonly [page: number, role: number];

export interface IdentifierIndex {
  readonly roles: readonly MentionRole[];
  readonly pages: readonly IndexedPage[];
  /**
   * Per kind, each name with the pages that are about it, in order. A symbol and a file also have the page of their
   * own, whose address follows from the name.
   */
  readonly names: Readonly<
    Record<IdentifierKind, Readonly<Record<string, readonly IndexedTarget[]>>>
  >;
  /** Ranges of ports, the narrowest first. */
  readonly ports: readonly (readonly [first: number, last: number, page: number, role: number])[];
}
