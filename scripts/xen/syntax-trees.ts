import type { Node, Parser, Tree } from 'web-tree-sitter';

/** A part of a masked source that is parsed by itself, such as one function. Compared by identity. */
export interface Piece {
  readonly source: string;
  /** Offsets in the source. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of the start. */
  readonly startLine: number;
}

interface Held {
  readonly tree: Tree;
  users: number;
}

/** Characters of source whose syntax trees are kept at most. */
const CAPACITY = 1_500_000;

/**
 * Syntax trees by the piece of source. The trees used last are kept, because the extractors come back to the same
 * functions; all others are freed at once: their memory is WebAssembly’s, which no garbage collector sees.
 */
export class SyntaxTrees {
  readonly #parser: Parser;
  /** In the order of use, the latest last. */
  readonly #held = new Map<Piece, Held>();
  /** Whether the parser met an error in what it has read. */
  readonly #errors = new WeakMap<Piece, boolean>();
  #size = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /**
   * Runs `use` on the root of the piece’s tree; offsets and rows are those of the whole source. No node may leave
   * `use`: the tree may be freed afterwards.
   */
  use<T>(piece: Piece, use: (root: Node) => T): T {
    const held = this.#hold(piece);
    held.users += 1;
    try {
      return use(held.tree.rootNode);
    } finally {
      held.users -= 1;
      this.#shrink();
    }
  }

  /** Whether the parser meets an error in a piece, which it reads once for that. */
  hasError(piece: Piece): boolean {
    const known = this.#errors.get(piece);
    return known ?? this.use(piece, (root) => root.hasError);
  }

  #hold(piece: Piece): Held {
    const known = this.#held.get(piece);
    if (known !== undefined) {
      this.#held.delete(piece);
      this.#held.set(piece, known);
      return known;
    }
    const { source, start, end, startLine } = piece;
    const startPosition = {
      row: startLine - 1,
      column: start - (source.lastIndexOf('\n', start - 1) + 1),
    };
    // The parser asks for the end’s position only to edit trees, which never happens here.
    const endPosition = { row: Number.MAX_SAFE_INTEGER, column: 0 };
    const tree = this.#parser.parse(source, null, {
      includedRanges: [{ startIndex: start, endIndex: end, startPosition, endPosition }],
    });
    if (tree === null) throw new Error('The C parser was cancelled');
    this.#errors.set(piece, tree.rootNode.hasError);
    const held = { tree, users: 0 };
    this.#held.set(piece, held);
    this.#size += end - start;
    return held;
  }

  #shrink(): void {
    for (const [piece, { tree, users }] of this.#held) {
      if (this.#size <= CAPACITY) return;
      if (users > 0) continue;
      tree.delete();
      this.#held.delete(piece);
      this.#size -= piece.end - piece.start;
    }
  }
}
