/** What the C parser finds in a file: calls, bodies of functions, and names that are defined. */
import { type Language, type Node, type Parser, Query } from 'web-tree-sitter';
import type { CFile, CFunction } from './c-file.ts';
import { type Piece, SyntaxTrees } from './syntax-trees.ts';
import type { Definition } from './tree-names.ts';

export type NamedDefinition = Omit<Definition, 'path'> & { readonly name: string };

const NAMES = `
  (translation_unit (declaration declarator: (_) @variable))
  (struct_specifier name: (type_identifier) @type body: (_))
  (union_specifier name: (type_identifier) @type body: (_))
  (enum_specifier name: (type_identifier) @type body: (_))
  (enumerator name: (identifier) @constant)
  (type_definition declarator: (_) @typedef)
`;

export class CReader {
  readonly #trees: SyntaxTrees;
  readonly #names: Query;
  readonly #declarations = new WeakMap<Piece, readonly NamedDefinition[]>();

  constructor({ parser, language }: { parser: Parser; language: Language }) {
    this.#trees = new SyntaxTrees(parser);
    this.#names = new Query(language, NAMES);
  }

  /** Whether the parser meets an error inside, so that facts from it may be incomplete. */
  hasError(definition: CFunction): boolean {
    return this.#trees.hasError(definition);
  }

  /** Every name that the file defines, functions first and macros last. */
  definitionsOf(file: CFile): readonly NamedDefinition[] {
    return [
      ...file.functions.map(({ name, line }) => ({ name, line, kind: 'function' as const })),
      ...file.gaps.flatMap((gap) => this.#declarationsIn(gap)),
      ...file.macros.map(({ name, line }) => ({ name, line, kind: 'macro' as const })),
    ];
  }

  /** Where a file defines a variable, a type or a constant of that name. Only what holds the name is parsed. */
  declarationsOf(file: CFile, name: string): readonly NamedDefinition[] {
    return file.gaps
      .filter(({ source, start, end }) => source.slice(start, end).includes(name))
      .flatMap((gap) => this.#declarationsIn(gap))
      .filter((declaration) => declaration.name === name);
  }

  #declarationsIn(gap: Piece): readonly NamedDefinition[] {
    const known = this.#declarations.get(gap);
    if (known !== undefined) return known;
    const isBlank = gap.source.slice(gap.start, gap.end).trim() === '';
    const declarations = isBlank ? [] : this.#readDeclarations(gap);
    this.#declarations.set(gap, declarations);
    return declarations;
  }

  /** Variables, types and constants. */
  #readDeclarations(gap: Piece): NamedDefinition[] {
    return this.#trees.use(gap, (root) =>
      this.#names.captures(root).flatMap(({ name: capture, node }) => {
        const name = declaredName(node);
        const kind = KINDS[capture];
        if (name === undefined || kind === undefined) return [];
        return [{ name: name.text, line: name.startPosition.row + 1, kind }];
      }),
    );
  }

  /** Visits every call of one of `callees`, by name or through a field, in source order. */
  visitCalls<T>(
    file: CFile,
    callees: ReadonlySet<string>,
    visit: (call: Node, callee: string) => T,
  ): T[] {
    return placesOf(file.masked, callees).flatMap(({ offset, name }) => {
      const holds = ({ start, end }: Piece) => start <= offset && offset < end;
      const piece = file.functions.find(holds) ?? file.gaps.find(holds);
      if (piece === undefined) return [];
      return this.#trees.use(piece, (root) => {
        const node = root.descendantForIndex(offset, offset + name.length - 1);
        const call = node === null ? null : callOf(node);
        return call === null ? [] : [visit(call, name)];
      });
    });
  }

  /** Visits every definition of a function (one for each `#if` arm), but no stub where there is more than stubs. */
  visitFunction<T>(file: CFile, name: string, visit: (definition: Node) => T): T[] {
    const named = file.functions.filter((candidate) => candidate.name === name);
    const filled = named.filter(({ isEmpty }) => !isEmpty);
    return (filled.length === 0 ? named : filled).flatMap((definition) =>
      this.#trees.use(definition, (root) => {
        const node = root.descendantForIndex(definition.start, definition.end - 1);
        return node === null ? [] : [visit(node)];
      }),
    );
  }
}

/** Where one of the names stands before an opening parenthesis, in source order. */
function placesOf(
  masked: string,
  names: ReadonlySet<string>,
): { readonly offset: number; readonly name: string }[] {
  const present = [...names].filter((name) => masked.includes(name));
  if (present.length === 0) return [];
  const pattern = new RegExp(`\\b(?:${present.join('|')})(?=\\s*\\()`, 'g');
  return [...masked.matchAll(pattern)].map(({ index, 0: name }) => ({ offset: index, name }));
}

/** The call that a name is the callee of, directly or as the field of `ops->name(…)`. */
function callOf(name: Node): Node | null {
  const { parent } = name;
  const callee = parent?.type === 'field_expression' ? parent : name;
  const isField = callee === name || callee.childForFieldName('field')?.equals(name) === true;
  const call = callee.parent;
  return isField && call?.type === 'call_expression' && isFunctionOf(call, callee) ? call : null;
}

function isFunctionOf(call: Node, callee: Node): boolean {
  return call.childForFieldName('function')?.equals(callee) === true;
}

const KINDS: Readonly<Record<string, Definition['kind']>> = {
  variable: 'variable',
  type: 'type',
  typedef: 'type',
  constant: 'constant',
};

/** The identifier inside a declarator: through pointers, arrays, parameters and initialisers. */
function declaredName(node: Node): Node | undefined {
  if (/identifier$/.test(node.type)) return node;
  if (node.type === 'function_declarator' && !isFunctionPointer(node)) return undefined;
  const inner = node.childForFieldName('declarator') ?? node.namedChildren.at(-1);
  return inner === null || inner === undefined || inner.equals(node)
    ? undefined
    : declaredName(inner);
}

/** `(*name)(…)` declares a name; `name(…)` and `(name)(…)` are prototypes. */
function isFunctionPointer(declarator: Node): boolean {
  const inner = declarator.childForFieldName('declarator');
  return (
    inner?.type === 'parenthesized_declarator' && inner.namedChild(0)?.type === 'pointer_declarator'
  );
}
