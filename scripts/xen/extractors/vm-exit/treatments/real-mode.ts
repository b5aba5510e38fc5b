/**
 * Real mode of VMX without unrestricted guest, which runs as virtual-8086 mode and hands most exits to the emulator; for
 * PVH domUs, to which nothing gives the task state segment for that, all of it runs in the emulator.
 */
import {
  type Container,
  type NotInRealMode,
  type Provided,
  refused,
  type Treatment,
  trapped,
} from './treatment.ts';

export const EMULATED_REAL_MODE = 'In real mode, which then runs as virtual-8086 mode,';
export const WHOLLY_EMULATED = 'In real mode, for which nothing sets virtual-8086 mode up,';

/** The words that stand in every list. */
function inAll<T>([first = [], ...rest]: readonly (readonly T[])[]): T[] {
  return first.filter((word) => rest.every((words) => words.includes(word)));
}

/** What real mode that is not unrestricted makes of an exit. */
function emulated(guest: Container, notInRealMode: NotInRealMode | undefined): Provided {
  const wholly = guest === 'pvh';
  const runs = wholly ? WHOLLY_EMULATED : EMULATED_REAL_MODE;
  return notInRealMode === undefined || (wholly && notInRealMode.follows === true)
    ? trapped(`${runs} the emulator runs the instruction instead.`)
    : refused(notInRealMode.effect, `${runs} ${notInRealMode.note}`);
}

/**
 * What real mode that is not unrestricted adds to exits, under each of the conditions that make it so, and under what
 * all of the exits need.
 */
export function inRealMode(
  container: Container,
  { notInRealMode }: Treatment,
  exits: readonly Provided[],
): readonly Provided[] {
  if (notInRealMode === null || exits.length === 0) return [];
  const provided = emulated(container, notInRealMode);
  const feature = inAll(exits.map(({ when }) => when?.feature ?? []));
  const guest = [...inAll(exits.map(({ when }) => when?.guest ?? [])), 'real-mode' as const];
  const restricted = { feature: [...feature, '!unrestricted-guest' as const], guest };
  if (exits.every(({ when }) => when?.paging === 'hap')) {
    return [{ ...provided, when: { paging: 'hap', ...restricted } }];
  }
  const shadow = { ...(feature.length === 0 ? {} : { feature }), guest };
  return [
    { ...provided, when: restricted },
    { ...provided, when: { paging: 'shadow', ...shadow } },
  ];
}

const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const REAL_MODE = 'xen/arch/x86/hvm/vmx/realmode.c';
const HVM_EMULATION = 'xen/arch/x86/hvm/emulate.c';

/** An instruction that the emulator does not know. */
export const UNKNOWN_IN_REAL_MODE: NotInRealMode = {
  effect: '#UD',
  note: 'the instruction goes to the emulator, which does not know it.',
  places: [{ path: REAL_MODE, symbol: 'vmx_realmode_emulate_one' }],
};

/** A MOV of a debug register, for which the emulator of HVM domains lacks the callbacks. */
export const NO_DEBUG_REGISTERS_IN_REAL_MODE: NotInRealMode = {
  effect: 'crash',
  note: 'the instruction goes to the emulator, which has no access to debug registers.',
  places: [
    { path: HVM_EMULATION, symbol: 'hvm_emulate_ops' },
    { path: REAL_MODE, symbol: 'vmx_realmode_emulate_one' },
  ],
};

/** INVD, which the emulator passes over: unlike the handler of the exit it does not make it WBINVD. */
export const INVD_IN_REAL_MODE: NotInRealMode = {
  effect: 'ignored',
  note: 'the instruction goes to the emulator, which passes over it.',
  places: [{ path: HVM_EMULATION, symbol: 'hvmemul_cache_op' }],
};

/** An exit behind its instruction, of which nothing comes, as Xen goes to the emulator before it looks at the exit. */
export const FOLLOWS_IN_REAL_MODE: NotInRealMode = {
  effect: 'ignored',
  note: 'nothing comes of the exit, which follows the instruction; the emulator runs the next one.',
  places: [{ path: VMX, symbol: 'vmx_vmexit_handler', anchor: 'vmx_emulate = 1' }],
  follows: true,
};
