/**
 * A C source or header as facts are read from it: its text, its functions, macros and other definitions, and the
 * preprocessor conditions of its lines. Offsets and lines are those of the original text.
 */
import { type Language, type Node, type Parser, Query } from 'web-tree-sitter';
import { type Conditions, scanConditions } from './conditions.ts';
import { lineAt, lineStarts, type Macro, readMacros } from './macros.ts';
import { blankComments, maskSource } from './source-mask.ts';
import { SyntaxTrees } from './syntax-trees.ts';
import type { Definition } from './tree-names.ts';

export interface CFunction {
  readonly name: string;
  /** 1-based line of the name. */
  readonly line: number;
  readonly endLine: number;
  /** Offsets of the whole definition. */
  readonly start: number;
  readonly end: number;
  /** Whether the parser met an error inside, so that facts from it may be incomplete. */
  readonly hasError: boolean;
  /** Whether the body has no statement: a stub for builds without the feature. */
  readonly isEmpty: boolean;
}

export type NamedDefinition = Omit<Definition, 'path'> & { readonly name: string };

export interface CFile {
  readonly path: string;
  readonly text: string;
  /** The text with comments blanked. */
  readonly plain: string;
  /** The text as the parser gets it. */
  readonly masked: string;
  readonly functions: readonly CFunction[];
  readonly macros: readonly Macro[];
  readonly definitions: readonly NamedDefinition[];
  /** Lines on which a function body opens in column 0 that no parsed function covers. */
  readonly uncovered: readonly number[];
  readonly conditions: Conditions;
  readonly lineOf: (offset: number) => number;
  /** Whether the C parser has read it. */
  readonly isParsed: boolean;
}

/** What the C parser finds in a file. */
interface Outline extends Pick<CFile, 'functions' | 'definitions' | 'uncovered'> {}

/** A file that reads of itself what it is asked for, once: many are asked for their macros only. */
class SourceFile implements CFile {
  readonly path: string;
  readonly text: string;
  readonly #parse: (masked: string) => Outline;
  #plain: string | undefined;
  #masked: string | undefined;
  #outline: Outline | undefined;
  #macros: readonly Macro[] | undefined;
  #conditions: Conditions | undefined;
  #starts: readonly number[] | undefined;

  constructor(path: string, text: string, parse: (masked: string) => Outline) {
    this.path = path;
    this.text = text;
    this.#parse = parse;
  }

  get plain(): string {
    this.#plain ??= blankComments(this.text);
    return this.#plain;
  }

  get masked(): string {
    this.#masked ??= maskSource(this.text);
    return this.#masked;
  }

  get macros(): readonly Macro[] {
    this.#macros ??= readMacros(this.plain);
    return this.#macros;
  }

  get conditions(): Conditions {
    this.#conditions ??= scanConditions(this.plain);
    return this.#conditions;
  }

  get functions(): readonly CFunction[] {
    return this.#parsed().functions;
  }

  get uncovered(): readonly number[] {
    return this.#parsed().uncovered;
  }

  get definitions(): readonly NamedDefinition[] {
    const macros = this.macros.map(({ name, line }) => ({ name, line, kind: 'macro' as const }));
    return [...this.#parsed().definitions, ...macros];
  }

  get isParsed(): boolean {
    return this.#outline !== undefined;
  }

  readonly lineOf = (offset: number): number => {
    this.#starts ??= lineStarts(this.text);
    return lineAt(this.#starts, offset);
  };

  #parsed(): Outline {
    this.#outline ??= this.#parse(this.masked);
    return this.#outline;
  }
}

const NAMES = `
  (function_definition) @function
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

  constructor({ parser, language }: { parser: Parser; language: Language }) {
    this.#trees = new SyntaxTrees(parser);
    this.#names = new Query(language, NAMES);
  }

  /** The file, of which nothing is read before it is asked for. */
  read(path: string, text: string): CFile {
    return new SourceFile(path, text, (masked) => this.#outline(masked));
  }

  #outline(masked: string): Outline {
    return this.#trees.use(masked, (root) => {
      const functions: CFunction[] = [];
      const definitions: NamedDefinition[] = [];
      for (const { name: capture, node } of this.#names.captures(root)) {
        const name = capture === 'function' ? functionName(node) : declaredName(node);
        if (name === undefined) continue;
        const line = name.startPosition.row + 1;
        if (capture === 'function') {
          functions.push({
            name: name.text,
            line,
            endLine: node.endPosition.row + 1,
            start: node.startIndex,
            end: node.endIndex,
            hasError: node.hasError,
            isEmpty: node.childForFieldName('body')?.namedChildCount === 0,
          });
        }
        const kind = KINDS[capture];
        if (kind !== undefined) definitions.push({ name: name.text, line, kind });
      }
      return { functions, definitions, uncovered: uncoveredBodies(masked, functions) };
    });
  }

  /** Visits every call of one of `callees`, by name or through a field, in source order. */
  visitCalls<T>(
    file: CFile,
    callees: ReadonlySet<string>,
    visit: (call: Node, callee: string) => T,
  ): T[] {
    const places = placesOf(file.masked, callees);
    if (places.length === 0) return [];
    return this.#trees.use(file.masked, (root) =>
      places.flatMap(({ offset, name }) => {
        const node = root.descendantForIndex(offset, offset + name.length - 1);
        const call = node === null ? null : callOf(node);
        return call === null ? [] : [visit(call, name)];
      }),
    );
  }

  /** Visits every definition of a function (one for each `#if` arm), but no stub where there is more than stubs. */
  visitFunction<T>(file: CFile, name: string, visit: (definition: Node) => T): T[] {
    const named = file.functions.filter((candidate) => candidate.name === name);
    const filled = named.filter(({ isEmpty }) => !isEmpty);
    const wanted = filled.length === 0 ? named : filled;
    if (wanted.length === 0) return [];
    return this.#trees.use(file.masked, (root) =>
      wanted.flatMap(({ start, end }) => {
        const node = root.descendantForIndex(start, end - 1);
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
  function: 'function',
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

function functionName(definition: Node): Node | undefined {
  let declarator = definition.childForFieldName('declarator');
  while (declarator !== null && declarator.type !== 'function_declarator') {
    declarator = declarator.childForFieldName('declarator');
  }
  const name = declarator?.childForFieldName('declarator') ?? undefined;
  return name?.type === 'parenthesized_declarator' ? (name.namedChild(0) ?? undefined) : name;
}

/** The guard of the index: bodies that open in column 0 must be covered by parsed functions. */
function uncoveredBodies(masked: string, functions: readonly CFunction[]): number[] {
  const lines = masked.split('\n');
  return lines.flatMap((text, index) => {
    if (text.trimEnd() !== '{' || !/\)\s*$/.test(previousText(lines, index))) return [];
    const line = index + 1;
    return functions.some((f) => f.line <= line && line <= f.endLine) ? [] : [line];
  });
}

function previousText(lines: readonly string[], index: number): string {
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = lines[at] ?? '';
    if (text.trim() !== '') return text;
  }
  return '';
}
