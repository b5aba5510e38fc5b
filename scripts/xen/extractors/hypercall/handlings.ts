/** What a guest type gets of a hypercall: by the table, by what the handler does, and in the shim. */

import { isUnconditional } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import { seenBy } from '../../extractor.ts';
import type { Operations } from './operations.ts';
import type { Restriction } from './restriction.ts';
import { NOT_IN_SHIM, RESTRICTIONS } from './restrictions.ts';
import { type Caller, optionsOf, type TableRow } from './table.ts';

type Handlings = [Handling, ...Handling[]];

/** The callers of the table behind a guest type; the first one that has a handler counts. */
export const CALLERS_OF: Readonly<Record<GuestType, readonly Caller[]>> = {
  pv: ['pv64', 'pv32'],
  pvh: ['hvm64', 'hvm32'],
  hvm: ['hvm64', 'hvm32'],
  'pv-dom0': ['pv64', 'pv32'],
  'pvh-dom0': ['hvm64', 'hvm32'],
  'pv-shim': ['pv64', 'pv32'],
  arm: ['arm'],
  'arm-dom0': ['arm'],
};

/** A hypercall with all its rows: one, or one for each preprocessor arm. */
export interface Hypercall {
  readonly name: string;
  readonly number: number;
  readonly rows: readonly [TableRow, ...TableRow[]];
  readonly operations: Operations | null;
}

/** What is known of the handlers of a hypercall in a release. */
export function restrictionsOf(name: string, release: string): Restriction[] {
  return RESTRICTIONS.filter(
    (restriction) => restriction.hypercall === name && isInSpan(restriction, release),
  );
}

/** Handlings by the table alone: exposed in each arm that has a handler for the guest type. */
function byTable({ rows }: Hypercall, guest: GuestType, evidence: readonly number[]): Handlings {
  const exposed = rows
    .filter(({ handlers }) => CALLERS_OF[guest].some((caller) => handlers[caller] !== null))
    .map(({ conditions }): Handling => {
      const options = optionsOf(conditions);
      const by = guest === 'pv-shim' ? 'shim' : 'xen';
      if (conditions.length === 0) return { how: 'exposed', by, evidence };
      return options === null
        ? { how: 'exposed', by, note: `In a build with ${conditions.join(' and ')}.`, evidence }
        : { how: 'exposed', by, when: { kconfig: options }, evidence };
    });
  const [first, ...rest] = exposed;
  if (first !== undefined) return [first, ...rest];
  return [seenBy(guest, { how: 'hidden', by: 'xen', effect: 'error', evidence })];
}

/** What the shim that comes with Xen, which serves nobody else, makes of a row that it is built without. */
function leftOut({ rows }: Hypercall, evidence: readonly number[]): Handling[] {
  const own = rows.filter(({ handlers }) =>
    CALLERS_OF['pv-shim'].some((c) => handlers[c] !== null),
  );
  const options = own.map(({ conditions }) => optionsOf(conditions) ?? []);
  if (!options.every((row) => row.some((option) => NOT_IN_SHIM.has(option)))) return [];
  return [
    {
      how: 'hidden',
      by: 'shim',
      when: { kconfig: ['CONFIG_PV_SHIM_EXCLUSIVE'] },
      effect: 'error',
      note: 'The shim that comes with Xen is built without it.',
      evidence,
    },
  ];
}

function handlingsFor(
  hypercall: Hypercall,
  guest: GuestType,
  restrictions: readonly Restriction[],
  table: readonly number[],
  cite: (restriction: Restriction) => readonly number[],
): Handlings {
  const base = byTable(hypercall, guest, table);
  const restriction = restrictions.find(({ guests }) => guests.includes(guest));
  if (restriction === undefined || base[0].how === 'hidden') return base;
  const evidence = [...table, ...cite(restriction)];
  const byRow = restriction.atRunTime !== true && base.length === 1;
  const kconfig = byRow ? base[0].when?.kconfig : undefined;
  const restrict = (handling: Omit<Handling, 'evidence'>): Handling => {
    const { when: own, ...rest } = handling;
    const options = [...(own?.kconfig ?? []), ...(kconfig ?? [])];
    const when = { ...own, ...(options.length === 0 ? {} : { kconfig: options }) };
    const condition = isUnconditional(when) ? {} : { when };
    return { ...seenBy(guest, rest), ...condition, origin: 'authored', evidence };
  };
  const [first, ...others] = restriction.handlings;
  return [restrict(first), ...others.map(restrict)];
}

/** The cell of a guest type; `table` is the evidence of the table, and `cite` adds that of a restriction. */
export function cellOf(
  hypercall: Hypercall,
  guest: GuestType,
  restrictions: readonly Restriction[],
  table: readonly number[],
  cite: (restriction: Restriction) => readonly number[],
): Handlings {
  const [first, ...rest] = handlingsFor(hypercall, guest, restrictions, table, cite);
  const [without] = guest === 'pv-shim' && first.how !== 'hidden' ? leftOut(hypercall, table) : [];
  return without === undefined ? [first, ...rest] : [without, first, ...rest];
}
