/** A path through the code of an access: what it assumes, what it says, and how an assumption forks it. */
import type { Handling } from '../../../../src/model/handling.ts';
import type { Program } from './program.ts';

export type Result = 'okay' | 'exception' | 'unhandleable' | 'retry';

/** A part of Xen that answers for an MSR in functions that are not walked; `vmce-lacks`: it says that it has none such. */
export type Answerer = 'vmce' | 'vmce-lacks' | 'vpmu' | 'local-apic' | 'nested-vmx';

/** What a path gives the guest, and who behind the cases of the software answers. */
export interface Outcome extends Pick<Handling, 'how' | 'by' | 'effect' | 'note'> {
  readonly answerer?: Answerer;
}

/** What a path assumes: `cpuid:ibrsb`, `!cpuid:ibrsb`. */
export type Token = string;

/** A case that a path came through. */
export interface Passed {
  readonly program: Program;
  readonly label: string;
  readonly line: number;
}

export interface Path {
  readonly tokens: ReadonlySet<Token>;
  /** Statements and calls on the way, in order. */
  readonly texts: readonly string[];
  readonly passed: readonly Passed[];
  /** What was returned last, and the value of `ret` on the way. */
  readonly result: Result;
  readonly variables: ReadonlyMap<string, bigint>;
}

/** What a condition, or the result of a call, means: it is decided, or it is assumed with these tokens. */
export type Meaning =
  | boolean
  | {
      /** Null: it never holds. */
      readonly yes: readonly Token[] | null;
      readonly no: readonly Token[];
      /** Further ways in which it holds, and in which it does not. */
      readonly orYes?: readonly (readonly Token[])[];
      readonly orNo?: readonly (readonly Token[])[];
    };

export const START: Path = {
  tokens: new Set(),
  texts: [],
  passed: [],
  result: 'okay',
  variables: new Map(),
};

export function negate(token: Token): Token {
  return token.startsWith('!') ? token.slice(1) : `!${token}`;
}

/** The path with further assumptions, or null when they contradict it. */
export function assume(path: Path, tokens: readonly Token[]): Path | null {
  if (tokens.some((token) => path.tokens.has(negate(token)))) return null;
  return tokens.length === 0 ? path : { ...path, tokens: new Set([...path.tokens, ...tokens]) };
}

export function said(path: Path, text: string): Path {
  return { ...path, texts: [...path.texts, text] };
}

export type Judged = readonly (readonly [holds: boolean, path: Path])[];

/** The paths by which a condition with a meaning goes on. */
export function fork(meaning: Meaning, path: Path, text: string): Judged {
  if (typeof meaning === 'boolean') return [[meaning, said(path, text)]];
  const ways = [
    ...[...(meaning.yes === null ? [] : [meaning.yes]), ...(meaning.orYes ?? [])].map(
      (tokens) => [true, tokens] as const,
    ),
    ...[meaning.no, ...(meaning.orNo ?? [])].map((tokens) => [false, tokens] as const),
  ];
  return ways.flatMap(([holds, tokens]) => {
    const next = assume(path, tokens);
    return next === null ? [] : [[holds, said(next, text)] as const];
  });
}
