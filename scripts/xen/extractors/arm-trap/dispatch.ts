/** What the functions that dispatch traps name: the labels of their switches, and what each leads to. */
import { CFile } from '../../c-file.ts';
import { buildOptions } from '../../conditions.ts';
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { pathIn } from '../../moves.ts';
import { type Program, readProgram, type Step, type Test } from '../msr/program.ts';
import { expandCases } from './expand.ts';

/** The label of what no case names, and of a function without a switch. */
export const DEFAULT = 'default';

export interface Entry {
  /** As in the source, after `case`; `default` for the rest. */
  readonly label: string;
  /** End of a range, or null. */
  readonly last: string | null;
  /** 1-based. */
  readonly line: number;
  /** Functions and macros that the case can call, each once. */
  readonly calls: ReadonlySet<string>;
  /** Build options around the label. */
  readonly kconfig: readonly string[];
}

export interface Dispatch {
  readonly path: string;
  readonly symbol: string;
  readonly entries: readonly Entry[];
}

function textsOf(test: Test): string[] {
  if (test.type === 'atom') return [test.text];
  if (test.type === 'not') return textsOf(test.test);
  if (test.type === 'choice') return [test.test, test.yes, test.no].flatMap(textsOf);
  return [test.left, test.right].flatMap(textsOf);
}

/** Steps that follow a step, whatever the tests say. */
function next(step: Step, at: number): number[] {
  if (step.op === 'return') return [];
  if (step.op === 'jump') return [step.to.at];
  if (step.op === 'branch') return [at + 1, step.no.at];
  if (step.op === 'switch') return [...step.cases.map(({ to }) => to.at), step.otherwise.at];
  return [at + 1];
}

/** Names that are called on the ways from a step to the end of the function. */
function callsFrom({ steps }: Program, start: number): ReadonlySet<string> {
  const seen = new Set<number>();
  const calls = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const step = steps[at];
    if (step === undefined || seen.has(at)) continue;
    seen.add(at);
    open.push(...next(step, at));
    const texts = step.op === 'branch' ? textsOf(step.test) : 'text' in step ? [step.text] : [];
    for (const [, name = ''] of texts.join(' ').matchAll(/\b([A-Za-z_]\w*)\s*\(/g)) calls.add(name);
  }
  return calls;
}

/** Headers with macros that stand for cases. */
const HEADERS = ['xen/arch/arm/include/asm/arm64/hsr.h'] as const;

function programOf(corpus: Corpus, file: CFile, symbol: string): Program | null {
  const headers = HEADERS.flatMap(
    (path) => corpus.file(pathIn(path, corpus.release))?.macros ?? [],
  );
  const text = expandCases(file, [...file.macros, ...headers]);
  return readProgram(corpus.reader, new CFile(file.path, text), symbol);
}

/**
 * Reads the switch over `on` of a function, or the whole function as one `default` when it is to have none. Null when
 * there is no such function or no such switch.
 */
export function readDispatch(corpus: Corpus, found: Found, on: RegExp | null): Dispatch | null {
  const [file] = found.files;
  const symbol = found.candidate.name;
  const program = file === undefined ? null : programOf(corpus, file, symbol);
  if (file === undefined || program === null) return null;
  const { path } = file;
  const options = (line: number) => buildOptions(file.conditions.at(line));
  if (on === null) {
    const { line } = program;
    const whole = { label: DEFAULT, last: null, line, calls: callsFrom(program, 0) };
    return { path, symbol, entries: [{ ...whole, kconfig: options(line) }] };
  }
  const found_ = program.steps.find((step) => step.op === 'switch' && on.test(step.on));
  if (found_?.op !== 'switch' || found_.cases.length === 0) return null;
  const { cases, otherwise, line } = found_;
  const entries = cases.map(
    (one): Entry => ({
      label: one.first,
      last: one.last,
      line: one.line,
      calls: callsFrom(program, one.to.at),
      kconfig: options(one.line),
    }),
  );
  const rest: Entry = {
    label: DEFAULT,
    last: null,
    line,
    calls: callsFrom(program, otherwise.at),
    kconfig: options(line),
  };
  return { path, symbol, entries: [...entries, rest] };
}
