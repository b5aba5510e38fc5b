import { CLASSIC } from './classic.ts';
import { GENERAL } from './general.ts';
import { GROUPED } from './groups.ts';
import type { Instruction } from './instruction.ts';
import { SYSTEM } from './system.ts';
import { VECTOR } from './vector.ts';

const idsOf = (list: readonly Instruction[]) => new Set(list.map(({ id }) => id));

/** Instructions of the group 0f 01 that any code may run. */
const UNPRIVILEGED = ['clzero', 'serialize', 'xend', 'xgetbv', 'xsusldtrk', 'xtest'];

/** Ids of what every CPU runs for any code, and of what it runs where it has it. */
export const ALWAYS_ON_CPU: ReadonlySet<string> = idsOf(CLASSIC);
export const OFFERED_BY_CPU: ReadonlySet<string> = new Set([
  ...idsOf([...GENERAL, ...GROUPED, ...VECTOR]),
  ...UNPRIVILEGED,
]);

/** Every instruction that is looked up. Whether it is there follows from the labels of the release. */
export const INSTRUCTIONS: readonly Instruction[] = [
  ...SYSTEM,
  ...GROUPED,
  ...CLASSIC,
  ...GENERAL,
  ...VECTOR,
];
