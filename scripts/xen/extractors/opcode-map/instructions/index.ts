import { GENERAL } from './general.ts';
import { GROUPED } from './groups.ts';
import type { Instruction } from './instruction.ts';
import { SYSTEM } from './system.ts';
import { VECTOR } from './vector.ts';

/** Ids of what the CPU runs for any code, where it has it. */
export const UNPRIVILEGED: ReadonlySet<string> = new Set(
  [...GENERAL, ...GROUPED, ...VECTOR].map(({ id }) => id),
);

/** Every instruction that is looked up. Whether it is there follows from the labels of the release. */
export const INSTRUCTIONS: readonly Instruction[] = [...SYSTEM, ...GROUPED, ...GENERAL, ...VECTOR];
