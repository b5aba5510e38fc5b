/**
 * What an instruction, a fault or a way into Xen means for PV guests. Authored, because no table of the source states
 * it; each entry points at the code that decides, and the extractor holds the opcodes, callbacks and entry points that
 * it names against those of the tree.
 */

import type { Condition } from '../../../../src/model/condition.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { By, Effect, How } from '../../../../src/model/handling.ts';
import { firstOf, isInSpan, type Span } from '../../../../src/model/release.ts';
import type { PvInstructionClass } from '../../../../src/schema/facts/pv-instruction.ts';
import {
  type AuthoredCells,
  type AuthoredHandling,
  type AuthoredPlace,
  byXenOutside,
  sinceOption,
} from '../../authored.ts';

/** A name of the source, in the releases that have it. */
export type SpannedName = string | (Span & { readonly name: string });

export interface Entry extends Span {
  readonly id: string;
  /** As the title says it. */
  readonly instruction: string;
  readonly class: PvInstructionClass;
  /** Function of Xen that the guest enters; left out where it enters none. */
  readonly entry?: readonly SpannedName[];
  readonly handlers?: readonly SpannedName[];
  readonly operations?: string;
  readonly emulator?: 'runs' | 'decodes';
  /** Opcodes as the reader of the whitelist writes them: `0f06`, `0f01d1`, `0f01/2`. */
  readonly opcodes?: readonly string[];
  /** Labels of the dispatch of FRED events that lead here. */
  readonly events?: readonly string[];
  /** Hypercalls in its place, without the `__HYPERVISOR_` prefix. */
  readonly alternatives?: readonly string[];
  readonly cells: AuthoredCells;
  readonly places: readonly AuthoredPlace[];
}

const ELSEWHERE: AuthoredCells = [
  [
    'hvms',
    {
      how: 'absent',
      note: 'The path serves PV domains; in a hardware-virtualized container the VM exits decide.',
    },
  ],
  ['arms', { how: 'absent', note: 'The path is x86 code.' }],
];

export type List = readonly [AuthoredHandling, ...AuthoredHandling[]];

/** First release in which a build can leave 32-bit guests out. */
export const PV32_OPTION = '4.14';

/** What concerns 32-bit guests needs a build that has them, where a build can be without. */
function inBuild(handling: AuthoredHandling): List {
  const { when, since, until } = handling;
  const isOfPv32 = when?.bits === 32 && (when.kconfig ?? ['CONFIG_PV32']).join() === 'CONFIG_PV32';
  if (!isOfPv32 || handling.how === 'absent') return [handling];
  const { kconfig, ...always } = when;
  const [needing, free] = sinceOption(PV32_OPTION, 'CONFIG_PV32', { ...handling, when: always });
  const withOption = { ...needing, when: kconfig === undefined ? needing.when : when };
  if (since !== undefined && isInSpan({ since: PV32_OPTION }, firstOf(since)))
    return [{ ...withOption, since }];
  if (until !== undefined && !isInSpan({ since: PV32_OPTION }, firstOf(until)))
    return [{ ...free, until }];
  return [withOption, free];
}

function cell(who: GuestType, [first, ...rest]: List): AuthoredCells[number] {
  return [who, ...inBuild(first), ...rest.flatMap(inBuild)];
}

/** What no container is shown, so that the shim never uses it. */
const NOT_SHOWN = ['fred', 'cet'] as const;

/** What runs natively in a PV guest runs in the container of the shim. */
function inContainer(handling: AuthoredHandling): AuthoredHandling {
  const { when, ...own } = handling;
  const one = own.how === 'native' ? { ...own, how: 'hardware' as const } : own;
  if (when?.feature === undefined) return when === undefined ? one : { ...one, when };
  const { feature, ...others } = when;
  const left = feature.filter((word) => NOT_SHOWN.every((hidden) => word !== `!${hidden}`));
  const condition = left.length === 0 ? others : { ...others, feature: left };
  return Object.keys(condition).length === 0 ? one : { ...one, when: condition };
}

function ofShim(list: List): List {
  const [first, ...rest] = list
    .filter(({ when }) => NOT_SHOWN.every((hidden) => when?.feature?.includes(hidden) !== true))
    .map(inContainer);
  return [first ?? list[0], ...rest];
}

/** Cells of PV guests; PV dom0 as a domU where nothing else is said, and the shim as one in a container. */
export function inPv(domu: List, dom0: List = domu, shim: List = ofShim(domu)): AuthoredCells {
  return [...ELSEWHERE, cell('pv', domu), cell('pv-dom0', dom0), cell('pv-shim', shim)];
}

function handling(
  how: How,
  by: By,
  when: Condition | undefined,
  note: string | undefined,
  effect?: Effect,
): AuthoredHandling {
  return {
    how,
    by,
    ...(effect === undefined ? {} : { effect }),
    ...(when === undefined ? {} : { when }),
    ...(note === undefined ? {} : { note }),
  };
}

export const emulated = (when?: Condition, note?: string) =>
  handling('emulated', 'xen', when, note);
export const mediated = (when?: Condition, note?: string) =>
  handling('mediated', 'xen', when, note);
export const native = (when?: Condition, note?: string) => handling('native', 'cpu', when, note);
/** In the container of the shim. */
export const hardware = (when?: Condition, note?: string) =>
  handling('hardware', 'cpu', when, note);
export const passedThrough = (when?: Condition, note?: string) =>
  handling('passthrough', 'cpu', when, note);
/** By an interface that the guest set up, such as its trap table. */
export const paravirtualized = (when?: Condition, note?: string) =>
  handling('paravirtualized', 'xen', when, note);
export const refused = (effect: Effect, when?: Condition, note?: string) =>
  handling('refused', 'xen', when, note, effect);

/** What the Xen outside does for introspection of the container of the shim. */
export const forIntrospection = (
  give: (when: Condition, note: string) => AuthoredHandling,
): readonly AuthoredHandling[] =>
  sinceOption(
    '4.22',
    'CONFIG_VM_EVENT',
    give({ guest: ['introspection'] }, 'Introspection of the container can ask for the exit.'),
  ).map(byXenOutside);

export const KERNEL: Condition = { guest: ['!user-mode'] };
export const USER: Condition = { guest: ['user-mode'] };

/** What the emulator does for kernel code only: it takes the guest’s kernel for ring 0. */
export function kernelOnly(first: AuthoredHandling, ...rest: readonly AuthoredHandling[]): List {
  return [first, ...rest, refused('#GP', USER)];
}
