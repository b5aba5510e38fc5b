/**
 * Walks the paths that one access to one MSR can take. What is known of the guest, the vendor and the MSR decides a
 * condition; what is not known is assumed both ways, and the path remembers what it assumed.
 */

import type { Environment } from '../../expression.ts';
import { ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { type Asked, askedPaths, COMPARED, KEPT } from './asked.ts';
import { valueIn } from './numbers.ts';
import {
  assume,
  fork,
  type Judged,
  type Meaning,
  negate,
  type Path,
  type Result,
  START,
  said,
  type Token,
} from './path.ts';
import type { Case, Program, Test } from './program.ts';

export interface Walk {
  readonly index: number;
  readonly environment: Environment;
  /** Functions that are walked in their turn, by name. */
  readonly inline: (callee: string) => Program | null;
  /** Null when the condition is not understood; it is then told to `unknown`. */
  readonly judge: (text: string) => Meaning | null;
  /** Whether an inlined function is who answers, so that its call counts beside its steps. */
  readonly answers: (callee: string) => boolean;
  /** Whether a build option is on for sure; null: both are possible. */
  readonly option: (name: string) => boolean | null;
  /** Whether a function that is not walked succeeds. */
  readonly delegate: (callee: string) => Meaning | null;
  /** What a function says that is asked in passing. */
  readonly asked: (callee: string) => Asked | null;
  readonly unknown: (program: Program, line: number, text: string) => void;
}

const RESULTS: Readonly<Record<string, Result>> = {
  X86EMUL_OKAY: 'okay',
  X86EMUL_EXCEPTION: 'exception',
  X86EMUL_UNHANDLEABLE: 'unhandleable',
  X86EMUL_RETRY: 'retry',
};

/** The callee of a call; that of a call by pointer is its field. */
function calleeOf(text: string): string | null {
  const pointer = /^alternative_call\(\s*(?:\w+\.)*(\w+)/.exec(text)?.[1];
  return pointer ?? /^(\w+)\s*\(/.exec(text)?.[1] ?? null;
}

/** `ret = f(…)` in a condition, with what it is compared to. */
const DISPATCH = /^\(ret = (.*)\) (!=|==) (X86EMUL_\w+)$/;
const OF_RESULT = /^ret (!=|==) (X86EMUL_\w+)$/;

function compared(result: Result, operator: string, name: string): boolean {
  return (RESULTS[name] === result) === (operator === '==');
}

/** Names of the MSR that is asked for. */
const INDEX = new Set(['reg', 'msr', 'idx']);
const TRUTH: ReadonlyMap<string, bigint> = new Map([
  ['true', 1n],
  ['false', 0n],
]);

function valueAt(walk: Walk, path: Path, text: string): bigint | null {
  const { environment, index } = walk;
  const name = (name: string) =>
    path.variables.get(name) ??
    (INDEX.has(name) ? BigInt(index) : (TRUTH.get(name) ?? environment.name(name)));
  try {
    return evaluate(parseExpression(text), { ...environment, name });
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

class Walker {
  readonly #walk: Walk;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  /** Every path through a function. */
  run(program: Program, start: Path): Path[] {
    const { steps } = program;
    const done: Path[] = [];
    const open: { at: number; path: Path }[] = [{ at: 0, path: start }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { at, path } = next;
      const step = steps[at];
      if (step === undefined) done.push(path);
      else if (step.op === 'jump') open.push({ at: step.to.at, path });
      else if (step.op === 'text') {
        for (const after of this.#text(program, step.line, step.text, path)) {
          open.push({ at: at + 1, path: after });
        }
      } else if (step.op === 'return') {
        done.push(...this.#value(program, step.line, step.text, path));
      } else if (step.op === 'branch') {
        for (const [holds, after] of this.#test(program, step.line, step.test, path)) {
          open.push({ at: holds ? at + 1 : step.no.at, path: after });
        }
      } else open.push(...this.#enter(program, step, at, path));
    }
    return done;
  }

  #enter(
    program: Program,
    step: Extract<Program['steps'][number], { op: 'switch' }>,
    at: number,
    path: Path,
  ): { at: number; path: Path }[] {
    const value = valueAt(this.#walk, path, step.on);
    if (value === null) {
      this.#walk.unknown(program, step.line, step.on);
      return [{ at: at + 1, path }];
    }
    // A label is a constant: nothing on the path changes it.
    const found = step.cases.find(({ first, last }) => {
      const from = valueIn(this.#walk.environment, first);
      const to = last === null ? from : valueIn(this.#walk.environment, last);
      return from !== null && to !== null && from <= value && value <= to;
    });
    if (found === undefined) return [{ at: step.otherwise.at, path }];
    const passed = { program, label: found.first, line: found.line };
    return this.#built(found, path).map(([is, after]) =>
      is
        ? { at: found.to.at, path: { ...after, passed: [...after.passed, passed] } }
        : { at: step.otherwise.at, path: after },
    );
  }

  /** Whether a build has a case, by the options that it stands under. */
  #built({ options }: Case, path: Path): Judged {
    const open: Token[] = [];
    for (const option of options) {
      const [not, name] = option.startsWith('!') ? [true, option.slice(1)] : [false, option];
      const known = this.#walk.option(name);
      if (known === not) return [[false, path]];
      if (known === null) open.push(not ? `!kconfig:${name}` : `kconfig:${name}`);
    }
    if (open.length === 0) return [[true, path]];
    const has = assume(path, open);
    const lacks = open.flatMap((token) => assume(path, [negate(token)]) ?? []);
    return [
      ...(has === null ? [] : [[true, has] as const]),
      ...lacks.map((without) => [false, without] as const),
    ];
  }

  #text(program: Program, line: number, text: string, path: Path): Path[] {
    const asked = this.#ask(program, line, KEPT.exec(text), path);
    if (asked !== null) return asked;
    const [, name, value] = /^(?:bool |u?int\w* )?(\w+) = (-?\w+)$/.exec(text) ?? [];
    const known = value === undefined ? null : valueAt(this.#walk, path, value);
    if (name !== undefined && known !== null) {
      return [{ ...path, variables: new Map([...path.variables, [name, known]]) }];
    }
    const result = /^(?:int )?(?:ret|result) = (.*)$/.exec(text)?.[1];
    return result === undefined ? [said(path, text)] : this.#value(program, line, result, path);
  }

  /** The paths behind a function that is asked in passing; null when the text is no such call. */
  #ask(program: Program, line: number, match: RegExpExecArray | null, path: Path): Path[] | null {
    const [, target, call = ''] = match ?? [];
    const asked = this.#walk.asked(calleeOf(call) ?? '');
    if (target === undefined || asked === null) return null;
    return askedPaths(asked, target, call, { program, line }, path);
  }

  /** The paths by which `ret = text` or `return text` can end. */
  #value(program: Program, line: number, text: string, path: Path): Path[] {
    const result = RESULTS[text];
    if (result !== undefined) return [{ ...path, result }];
    if (text === 'ret' || text === 'result') return [path];
    const callee = calleeOf(text);
    const inlined = callee === null ? null : this.#walk.inline(callee);
    if (inlined !== null && callee !== null) {
      return this.run(inlined, this.#walk.answers(callee) ? said(path, text) : path);
    }
    const meaning = callee === null ? null : this.#walk.delegate(callee);
    if (meaning === null) {
      this.#walk.unknown(program, line, text);
      return [path];
    }
    return fork(meaning, path, text).map(([holds, after]) => ({
      ...after,
      result: holds ? ('okay' as const) : ('exception' as const),
    }));
  }

  #test(program: Program, line: number, test: Test, path: Path): Judged {
    if (test.type === 'not') {
      return this.#test(program, line, test.test, path).map(([holds, after]) => [!holds, after]);
    }
    if (test.type === 'atom') return this.#atom(program, line, test.text, path);
    if (test.type === 'choice') {
      return this.#test(program, line, test.test, path).flatMap(([holds, after]) =>
        this.#test(program, line, holds ? test.yes : test.no, after),
      );
    }
    const decided = test.type === 'or';
    return this.#test(program, line, test.left, path).flatMap(([holds, after]) =>
      holds === decided ? [[holds, after] as const] : this.#test(program, line, test.right, after),
    );
  }

  #atom(program: Program, line: number, text: string, path: Path): Judged {
    const [, call, operator = '', name = ''] = DISPATCH.exec(text) ?? [];
    if (call !== undefined) {
      return this.#value(program, line, call, path).map((after) => [
        compared(after.result, operator, name),
        after,
      ]);
    }
    const [, is, result = ''] = OF_RESULT.exec(text) ?? [];
    if (is !== undefined) return [[compared(path.result, is, result), path]];
    const compares = COMPARED.exec(text);
    const asked = this.#ask(program, line, compares, path);
    if (asked !== null) {
      const [, target = '', , sign = ''] = compares ?? [];
      return asked.flatMap((after) => this.#atom(program, line, `${target} ${sign} 0`, after));
    }
    const value = valueAt(this.#walk, path, text);
    if (value !== null) return [[value !== 0n, path]];
    const meaning = this.#walk.judge(text);
    if (meaning !== null) return fork(meaning, path, text);
    this.#walk.unknown(program, line, text);
    return fork({ yes: [], no: [] }, path, text);
  }
}

/** Every path from the start of a function that ends; `result` says what the caller gets. */
export function walkPaths(program: Program, walk: Walk): Path[] {
  return new Walker(walk).run(program, START).filter(({ result }) => result !== 'retry');
}
