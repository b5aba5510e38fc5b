/**
 * Evidence: what a statement rests on.
 *
 * In a Xen tree it is a path and a symbol (or an anchor, a piece of text that stands on the line when no symbol
 * encloses it). The line is derived when a tree is read and is never the identity; the fingerprint of the normalized
 * text tells later whether the evidence still stands.
 */
export interface TreeEvidence {
  /** Path from the root of the tree. */
  readonly path: string;
  /** Function, macro, variable or type that the evidence is. */
  readonly symbol?: string | undefined;
  /** Identifier on the line within the symbol (or file), when the symbol alone is too large. */
  readonly anchor?: string | undefined;
  /** 1-based line at the release of the entry; derived, for display. */
  readonly line?: number | undefined;
  /** Of the symbol's normalized text, or of the anchored line when there is no symbol. */
  readonly fingerprint?: string | undefined;
  readonly note?: string | undefined;
}

/** Where in a tree, before the tree is asked for the line and the fingerprint. */
export type Place = Omit<TreeEvidence, 'line' | 'fingerprint'>;

/** A message of a mailing list, by its Message-ID without angle brackets. */
export interface MessageEvidence {
  readonly message: string;
  readonly note?: string | undefined;
}

/** A document: a path in the tree's docs or the title of a published manual, and a section of it. */
export interface DocumentEvidence {
  readonly doc: string;
  readonly section: string;
  readonly note?: string | undefined;
}

export type Evidence = TreeEvidence | MessageEvidence | DocumentEvidence;

export function isTreeEvidence(evidence: Evidence): evidence is TreeEvidence {
  return 'path' in evidence;
}

/** Verdicts of a re-check of tree evidence. Closed. */
export const EVIDENCE_VERDICTS = {
  holds: 'the text is the same at the same place',
  moved: 'the text is the same at another place',
  changed: 'the symbol is there and its text changed',
  gone: 'the symbol is not there any more',
  ambiguous: 'more than one place fits',
  uncheckable: 'nothing that a machine could compare',
} as const;

export type EvidenceVerdict = keyof typeof EVIDENCE_VERDICTS;
