import { CLASSIC } from './classic.ts';
import { GENERAL } from './general.ts';
import { GROUPED } from './groups.ts';
import type { Instruction } from './instruction.ts';
import { SYSTEM } from './system.ts';
import { VECTOR } from './vector.ts';

const idsOf = (list: readonly Instruction[]) => new Set(list.map(({ id }) => id));

/** System instructions that any code may run: those that every CPU has, and those of the group 0f 01. */
const UNPRIVILEGED = ['lar', 'verr'];
const UNPRIVILEGED_GROUP = ['clzero', 'serialize', 'xend', 'xgetbv', 'xsusldtrk', 'xtest'];
/** Xen gives no guest a PASID, so that they fault. */
const NEVER_ON_CPU: ReadonlySet<string> = new Set(['enqcmd']);

/** Ids of what every CPU runs for any code, and of what it runs where it has it. */
export const ALWAYS_ON_CPU: ReadonlySet<string> = new Set([...idsOf(CLASSIC), ...UNPRIVILEGED]);
export const SOMETIMES_ON_CPU: ReadonlySet<string> = new Set(
  [...idsOf([...GENERAL, ...GROUPED, ...VECTOR]), ...UNPRIVILEGED_GROUP].filter(
    (id) => !NEVER_ON_CPU.has(id),
  ),
);

/** Every instruction that is looked up. Whether it is there follows from the labels of the release. */
export const INSTRUCTIONS: readonly Instruction[] = [
  ...SYSTEM,
  ...GROUPED,
  ...CLASSIC,
  ...GENERAL,
  ...VECTOR,
];
