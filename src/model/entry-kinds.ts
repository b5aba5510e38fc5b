/** The entries that people write, one collection each; the folder of a collection is its plural. */
export const ENTRY_KINDS = ['feature', 'answer', 'guide', 'guest'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
