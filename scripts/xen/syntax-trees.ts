import type { Node, Parser, Tree } from 'web-tree-sitter';

interface Held {
  readonly tree: Tree;
  users: number;
}

/** Characters of source whose syntax trees are kept at most. */
const CAPACITY = 1_500_000;

/**
 * Syntax trees by their source. The trees used last are kept, because the extractors come back to the same files; all
 * others are freed at once: their memory is WebAssembly’s, which no garbage collector sees.
 */
export class SyntaxTrees {
  readonly #parser: Parser;
  /** In the order of use, the latest last. */
  readonly #held = new Map<string, Held>();
  #size = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /** Runs `use` on the root of the source’s tree. No node may leave `use`: the tree may be freed afterwards. */
  use<T>(source: string, use: (root: Node) => T): T {
    const held = this.#hold(source);
    held.users += 1;
    try {
      return use(held.tree.rootNode);
    } finally {
      held.users -= 1;
      this.#shrink();
    }
  }

  #hold(source: string): Held {
    const known = this.#held.get(source);
    if (known !== undefined) {
      this.#held.delete(source);
      this.#held.set(source, known);
      return known;
    }
    const tree = this.#parser.parse(source);
    if (tree === null) throw new Error('The C parser was cancelled');
    const held = { tree, users: 0 };
    this.#held.set(source, held);
    this.#size += source.length;
    return held;
  }

  #shrink(): void {
    for (const [source, { tree, users }] of this.#held) {
      if (this.#size <= CAPACITY) return;
      if (users > 0) continue;
      tree.delete();
      this.#held.delete(source);
      this.#size -= source.length;
    }
  }
}
