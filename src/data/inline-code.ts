/** A piece of a sentence: plain, or the text that stood between backticks. */
export interface InlinePiece {
  readonly text: string;
  readonly code: boolean;
}

/** Splits a sentence at its backticks. A backtick without a partner stays as it is. */
export function parseInlineCode(sentence: string): InlinePiece[] {
  return sentence
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`')
        ? { text: part.slice(1, -1), code: true }
        : { text: part, code: false },
    );
}
