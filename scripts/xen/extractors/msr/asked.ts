/**
 * Functions that an access asks in passing: 1 when they have answered, 0 when the MSR is none of theirs, and a negative
 * number for a fault. Up to 4.14 the virtual machine check registers are asked so, for every MSR without a case.
 */
import { fork, type Meaning, type Path } from './path.ts';
import type { Program } from './program.ts';

export interface Asked {
  /** Whether it can refuse, for an MSR that it has; null for one that it has not. */
  readonly refuses: Meaning | null;
  /** What it does, where that is less than its call says. */
  readonly does?: string;
}

/** A call whose number is kept, as a statement or in a comparison with zero. */
export const KEPT = /^(ret|rc) = (\w+\(.*\))$/;
export const COMPARED = /^\((ret|rc) = (\w+\(.*\))\) ([<>!=]=?) 0$/;

interface At {
  readonly program: Program;
  readonly line: number;
}

/** The paths behind such a call; `target` has the number that it gave. */
export function askedPaths(asked: Asked, target: string, call: string, at: At, path: Path): Path[] {
  const keep = (from: Path, number: bigint): Path => ({
    ...from,
    variables: new Map([...from.variables, [target, number]]),
  });
  if (asked.refuses === null) return [keep(path, 0n)];
  const [label = call] = call.split('(');
  const through = { ...path, passed: [...path.passed, { ...at, label }] };
  return fork(asked.refuses, through, asked.does ?? call).map(([refused, after]) =>
    keep(after, refused ? -1n : 1n),
  );
}
