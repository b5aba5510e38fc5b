/** Calls and what guards them: the conditions on the way from the start of the function to a call. */
import type { Node } from 'web-tree-sitter';
import type { CFile } from './c-file.ts';
import type { CReader } from './c-reader.ts';

export interface Guard {
  /** Condition as in the source, white space folded. */
  readonly text: string;
  /** False when the call is reached only if the condition does not hold. */
  readonly holds: boolean;
}

export interface Call {
  readonly callee: string;
  /** Arguments as in the source, white space folded. */
  readonly arguments: readonly string[];
  /** 1-based. */
  readonly line: number;
  /** Enclosing function. */
  readonly symbol: string | null;
  /** Outermost first. */
  readonly guards: readonly Guard[];
  /** Header of the innermost `for` around it, such as `i = 0; i < n; i++`, or null. */
  readonly loop: string | null;
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function source(file: CFile, node: Node): string {
  return fold(file.text.slice(node.startIndex, node.endIndex));
}

function unwrapped(node: Node): Node {
  if (node.type !== 'parenthesized_expression') return node;
  const inner = node.namedChildren.find((child) => child.type !== 'comment');
  return inner === undefined ? node : unwrapped(inner);
}

/** Splits `a && b` where it holds, and `a || b` where it does not. */
function guardsOf(file: CFile, condition: Node, holds: boolean): Guard[] {
  const node = unwrapped(condition);
  const operator =
    node.type === 'binary_expression' ? node.childForFieldName('operator')?.type : undefined;
  if (operator === (holds ? '&&' : '||')) {
    return ['left', 'right'].flatMap((side) => {
      const part = node.childForFieldName(side);
      return part === null ? [] : guardsOf(file, part, holds);
    });
  }
  if (node.type === 'unary_expression' && node.childForFieldName('operator')?.type === '!') {
    const inner = node.childForFieldName('argument');
    if (inner !== null) return guardsOf(file, inner, !holds);
  }
  return [{ text: source(file, node), holds }];
}

const JUMPS = new Set([
  'return_statement',
  'goto_statement',
  'continue_statement',
  'break_statement',
]);

function leaves(statement: Node | null): boolean {
  if (statement === null) return false;
  if (JUMPS.has(statement.type)) return true;
  return statement.type === 'compound_statement' && leaves(statement.namedChildren.at(-1) ?? null);
}

/** Offset of the first `goto` to a label, so of the first way around what stands between the two. */
function firstJumpTo(labeled: Node): number {
  const label = labeled.childForFieldName('label')?.text;
  let scope: Node = labeled;
  while (scope.parent !== null && scope.type !== 'function_definition') scope = scope.parent;
  const jump = scope
    .descendantsOfType('goto_statement')
    .find((node) => node.childForFieldName('label')?.text === label);
  return jump?.startIndex ?? Number.POSITIVE_INFINITY;
}

/** What the early exits of a block before a statement leave true; a label takes back what a `goto` to it skips. */
function guardsOfExits(file: CFile, block: Node, statement: Node): Guard[] {
  let exits: { readonly end: number; readonly guards: readonly Guard[] }[] = [];
  for (const sibling of block.namedChildren) {
    if (sibling.startIndex > statement.startIndex) break;
    if (sibling.type === 'labeled_statement') {
      const jump = firstJumpTo(sibling);
      exits = exits.filter(({ end }) => end <= jump);
    }
    if (sibling.type !== 'if_statement' || sibling.equals(statement)) continue;
    const condition = sibling.childForFieldName('condition');
    if (condition === null || !leaves(sibling.childForFieldName('consequence'))) continue;
    exits.push({ end: sibling.endIndex, guards: guardsOf(file, condition, false) });
  }
  return exits.flatMap(({ guards }) => guards);
}

function guardOfBranch(file: CFile, branch: Node, child: Node): Guard[] {
  const condition = branch.childForFieldName('condition');
  const inThen = branch.childForFieldName('consequence')?.equals(child) ?? false;
  const inElse = branch.childForFieldName('alternative')?.equals(child) ?? false;
  return condition !== null && (inThen || inElse) ? guardsOf(file, condition, inThen) : [];
}

/** Conditions that hold at a node, by the ifs around it and the early exits before it. */
export function guardsAt(file: CFile, node: Node): Guard[] {
  const guards: Guard[][] = [];
  for (
    let child = node, parent = node.parent;
    parent !== null && parent.type !== 'function_definition';
    child = parent, parent = parent.parent
  ) {
    if (parent.type === 'if_statement') guards.unshift(guardOfBranch(file, parent, child));
    if (parent.type === 'compound_statement' || parent.type === 'case_statement') {
      guards.unshift(guardsOfExits(file, parent, child));
    }
  }
  return guards.flat();
}

function loopAround(file: CFile, node: Node): string | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'function_definition') return null;
    if (parent.type !== 'for_statement') continue;
    const body = parent.childForFieldName('body');
    const header = file.text.slice(parent.startIndex, body?.startIndex ?? parent.endIndex);
    return fold(header).replace(/^for ?\(\s*|\s*\)$/g, '');
  }
  return null;
}

/** Every call of `callees` in a file, in source order. */
export function readCalls(reader: CReader, file: CFile, callees: ReadonlySet<string>): Call[] {
  return reader.visitCalls(file, callees, (node, callee) => {
    const line = node.startPosition.row + 1;
    const enclosing = file.functions.find(
      (f) => f.start <= node.startIndex && node.endIndex <= f.end,
    );
    const list = node.childForFieldName('arguments');
    return {
      callee,
      arguments: (list?.namedChildren ?? [])
        .filter((argument) => argument.type !== 'comment')
        .map((argument) => source(file, argument)),
      line,
      symbol: enclosing?.name ?? null,
      guards: guardsAt(file, node),
      loop: loopAround(file, node),
    };
  });
}
