/**
 * The body of a C function as a list of steps, so that its paths can be walked one MSR at a time: statements are kept as
 * text, conditions are split at `&&`, `||`, `!` and `?:`, and `if`, `switch`, `goto`, `break` and `return` become jumps.
 * The body of a loop is walked once.
 */
import type { Node } from 'web-tree-sitter';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { blankComments } from '../../source-mask.ts';

export type Test =
  | { readonly type: 'atom'; readonly text: string }
  | { readonly type: 'not'; readonly test: Test }
  | { readonly type: 'and' | 'or'; readonly left: Test; readonly right: Test }
  | { readonly type: 'choice'; readonly test: Test; readonly yes: Test; readonly no: Test };

/** A place in the list of steps; known once the whole function is read. */
export interface Target {
  at: number;
}

export interface Case {
  /** First and last label as in the source; the last one is null where there is no range. */
  readonly first: string;
  readonly last: string | null;
  /** 1-based. */
  readonly line: number;
  /** Build options that the case stands under and its function does not: `CONFIG_HVM`, `!CONFIG_PV`. */
  readonly options: readonly string[];
  readonly to: Target;
}

export type Step =
  | { readonly op: 'text'; readonly text: string; readonly line: number }
  | { readonly op: 'branch'; readonly test: Test; readonly line: number; readonly no: Target }
  | { readonly op: 'jump'; readonly to: Target }
  | { readonly op: 'return'; readonly text: string; readonly line: number }
  | {
      readonly op: 'switch';
      readonly on: string;
      readonly cases: readonly Case[];
      readonly otherwise: Target;
      readonly line: number;
    };

export interface Program {
  readonly path: string;
  readonly symbol: string;
  readonly line: number;
  readonly steps: readonly Step[];
}

function unwrapped(node: Node): Node {
  if (node.type === 'parenthesized_expression') {
    const inner = node.namedChildren.find((child) => child.type !== 'comment');
    return inner === undefined ? node : unwrapped(inner);
  }
  const hint = node.type === 'call_expression' && /^(?:un)?likely$/.test(calleeOf(node));
  const [argument] = hint ? (node.childForFieldName('arguments')?.namedChildren ?? []) : [];
  return argument === undefined ? node : unwrapped(argument);
}

function calleeOf(call: Node): string {
  return call.childForFieldName('function')?.text ?? '';
}

const LOOPS = new Set(['for_statement', 'while_statement', 'do_statement']);
const IGNORED = new Set(['comment', 'type_definition', 'statement_identifier']);

class Compiler {
  readonly steps: Step[] = [];
  readonly #plain: string;
  readonly #labels = new Map<string, Target>();
  /** Where `break` goes, innermost last. */
  readonly #ends: Target[] = [];
  readonly #switches: { cases: Case[]; otherwise: Target }[] = [];

  /** Build options of a line. */
  readonly #optionsAt: (line: number) => readonly string[];

  constructor(plain: string, optionsAt: (line: number) => readonly string[]) {
    this.#plain = plain;
    this.#optionsAt = optionsAt;
  }

  text(node: Node): string {
    return this.#plain.slice(node.startIndex, node.endIndex).replace(/\s+/g, ' ').trim();
  }

  compile(node: Node): void {
    const line = node.startPosition.row + 1;
    if (LOOPS.has(node.type)) this.#loop(node, line);
    else if (node.type === 'if_statement') this.#if(node, line);
    else if (node.type === 'switch_statement') this.#switch(node, line);
    else if (node.type === 'case_statement') this.#case(node, line);
    else if (node.type === 'labeled_statement') this.#labeled(node);
    else if (node.type === 'goto_statement') {
      this.#jump(this.#label(node.childForFieldName('label')?.text ?? ''));
    } else if (node.type === 'break_statement') this.#jump(this.#ends.at(-1) ?? { at: -1 });
    else if (node.type === 'return_statement') {
      const text = this.text(node).replace(/^return\s*|\s*;$/g, '');
      this.steps.push({ op: 'return', text, line });
    } else if (node.type === 'compound_statement' || node.type === 'else_clause') {
      for (const child of node.namedChildren) this.compile(child);
    } else if (!IGNORED.has(node.type)) this.#statement(node, line);
  }

  #place(target: Target): void {
    target.at = this.steps.length;
  }

  #jump(to: Target): void {
    this.steps.push({ op: 'jump', to });
  }

  #label(name: string): Target {
    const known = this.#labels.get(name) ?? { at: -1 };
    this.#labels.set(name, known);
    return known;
  }

  /** A statement; a variable that a condition chooses the value of becomes a branch. */
  #statement(node: Node, line: number): void {
    const all = node.type === 'declaration' ? node.descendantsOfType('init_declarator') : [];
    if (all.length > 1) {
      for (const one of all) this.steps.push({ op: 'text', text: this.text(one), line });
      return;
    }
    const { name, value } = this.#chosen(node, all[0]);
    const test = value === null ? null : unwrapped(value);
    if (test?.type !== 'conditional_expression' || name === undefined) {
      this.steps.push({ op: 'text', text: this.text(node).replace(/\s*;$/, ''), line });
      return;
    }
    const part = (field: string) => {
      const found = test.childForFieldName(field);
      return found === null ? '' : this.text(found);
    };
    const condition = test.childForFieldName('condition');
    const no = { at: -1 };
    const end = { at: -1 };
    if (condition !== null) {
      this.steps.push({ op: 'branch', test: this.#test(condition), line, no });
    }
    this.steps.push({ op: 'text', text: `${name} = ${part('consequence')}`, line });
    this.#jump(end);
    this.#place(no);
    this.steps.push({ op: 'text', text: `${name} = ${part('alternative')}`, line });
    this.#place(end);
  }

  /** The target and the value of a variable that is set up, or of the answer that a pointer or `ret` takes. */
  #chosen(
    node: Node,
    declared: Node | undefined,
  ): { name: string | undefined; value: Node | null } {
    if (declared !== undefined) {
      return {
        name: declared.childForFieldName('declarator')?.text,
        value: declared.childForFieldName('value'),
      };
    }
    const [assigned] = node.namedChildren;
    const target = assigned?.childForFieldName('left')?.text;
    const isAnswer =
      assigned?.type === 'assignment_expression' &&
      assigned.childForFieldName('operator')?.type === '=' &&
      (target === 'ret' || target?.startsWith('*') === true);
    return isAnswer
      ? { name: target, value: assigned.childForFieldName('right') }
      : { name: undefined, value: null };
  }

  #test(condition: Node): Test {
    const node = unwrapped(condition);
    const side = (field: string): Test => {
      const part = node.childForFieldName(field);
      return part === null ? { type: 'atom', text: this.text(node) } : this.#test(part);
    };
    const operator = node.childForFieldName('operator')?.type;
    if (node.type === 'binary_expression' && (operator === '&&' || operator === '||')) {
      return {
        type: operator === '&&' ? 'and' : 'or',
        left: side('left'),
        right: side('right'),
      };
    }
    if (node.type === 'unary_expression' && operator === '!') {
      return { type: 'not', test: side('argument') };
    }
    if (node.type === 'conditional_expression') {
      return {
        type: 'choice',
        test: side('condition'),
        yes: side('consequence'),
        no: side('alternative'),
      };
    }
    return { type: 'atom', text: this.text(node) };
  }

  #if(node: Node, line: number): void {
    const condition = node.childForFieldName('condition');
    const yes = node.childForFieldName('consequence');
    const alternative = node.childForFieldName('alternative');
    if (condition === null || yes === null) return;
    const no = { at: -1 };
    this.steps.push({ op: 'branch', test: this.#test(condition), line, no });
    this.compile(yes);
    if (alternative === null) {
      this.#place(no);
      return;
    }
    const end = { at: -1 };
    this.#jump(end);
    this.#place(no);
    this.compile(alternative);
    this.#place(end);
  }

  #loop(node: Node, line: number): void {
    const body = node.childForFieldName('body');
    const end = { at: -1 };
    this.#ends.push(end);
    const header = this.#plain.slice(node.startIndex, body?.startIndex ?? node.endIndex);
    this.steps.push({ op: 'text', text: header.replace(/\s+/g, ' ').trim(), line });
    if (body !== null) this.compile(body);
    this.#place(end);
    this.#ends.pop();
  }

  #switch(node: Node, line: number): void {
    const on = node.childForFieldName('condition');
    const body = node.childForFieldName('body');
    if (on === null || body === null) return;
    const end = { at: -1 };
    const open = { cases: [] as Case[], otherwise: { at: -1 } };
    this.#switches.push(open);
    this.#ends.push(end);
    const { cases, otherwise } = open;
    this.steps.push({ op: 'switch', on: this.text(unwrapped(on)), cases, otherwise, line });
    this.#jump(end);
    this.compile(body);
    this.#place(end);
    if (otherwise.at === -1) this.#place(otherwise);
    this.#ends.pop();
    this.#switches.pop();
  }

  #case(node: Node, line: number): void {
    const value = node.childForFieldName('value');
    const open = this.#switches.at(-1);
    if (open === undefined) return;
    if (value === null) this.#place(open.otherwise);
    else {
      const [, first = '', last = null] =
        /^case\s*(.*?)\s*(?:\.\.\.\s*([^:]*?)\s*)?:/s.exec(
          this.#plain.slice(node.startIndex, node.endIndex),
        ) ?? [];
      const to = { at: this.steps.length };
      const options = this.#optionsAt(line);
      open.cases.push({ first: first.replace(/\s+/g, ' '), last, line, options, to });
    }
    for (const child of node.namedChildren) {
      if (value === null || !child.equals(value)) this.compile(child);
    }
  }

  #labeled(node: Node): void {
    this.#place(this.#label(node.childForFieldName('label')?.text ?? ''));
    for (const child of node.namedChildren) this.compile(child);
  }
}

/** Reads a function as steps; null when the file has no such function. The first definition counts. */
export function readProgram(reader: CReader, file: CFile, symbol: string): Program | null {
  const plain = blankComments(file.text);
  const [steps] = reader.visitFunction(file, symbol, (definition) => {
    const around = new Set(file.conditions.at(definition.startPosition.row + 1));
    const compiler = new Compiler(plain, (at) =>
      file.conditions.at(at).filter((one) => /^!?CONFIG_\w+$/.test(one) && !around.has(one)),
    );
    const body = definition.childForFieldName('body');
    if (body !== null) compiler.compile(body);
    return compiler.steps;
  });
  const line = file.functions.find(({ name }) => name === symbol)?.line ?? 1;
  return steps === undefined ? null : { path: file.path, symbol, line, steps };
}
