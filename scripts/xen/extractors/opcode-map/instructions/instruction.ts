import type { Condition, GuestState } from '../../../../../src/model/condition.ts';
import type { GuestType } from '../../../../../src/model/guest-types.ts';
import type { Span } from '../../../../../src/model/release.ts';

export type OwnWay =
  | 'privileged'
  | 'skipped'
  | 'page-table'
  | 'plain-write'
  | 'string-io'
  | 'cross-vendor'
  | 'control-register'
  | 'mov-cr'
  | 'invlpg';

/** What needs memory that can be mapped, as it is run by an operation on a block. */
export interface Block {
  /** As in the note: `the operand of FXSAVE and FXRSTOR`. */
  readonly what: string;
  /** Whether nothing else has a memory operand. */
  readonly only?: true;
}

/** A condition under which an instruction faults in PV guests, and the emulator runs it in place of the CPU. */
export interface Fault extends Span {
  readonly when: Condition;
  /** A guest type in which that never happens. */
  readonly except?: GuestType;
}

/** A control of VMX without which the CPU gives #UD; Xen sets it by a bit of the CPUID policy. */
export interface VmxControl extends Span {
  readonly bit: string;
  readonly note: string;
}

/** An instruction, or a set of them, of which it is asked whether the emulator runs it, in the releases it is asked in. */
export interface Instruction extends Span {
  readonly id: string;
  readonly name: string;
  /**
   * Opcodes that stand for it, all of which the emulator has or lacks: `VEX/0f38.66 e0-ef`; in a group with a byte of
   * ModRM or its register field, and a prefix of their own: `legacy/0f 01 e8.F3`, `legacy/0f ae /4`.
   */
  readonly opcodes: readonly string[];
  /** Set where CPUs of no other vendor have it. */
  readonly amdOnly?: true | undefined;
  /** Whether its operand may be memory that it reads or writes. */
  readonly memory?: 'read' | 'write' | undefined;
  readonly block?: Block | undefined;
  /**
   * What takes it to the emulator besides the ways that all instructions have: `privileged` is what the PV emulator lets
   * through, `skipped` what its filter skips, `page-table` a write by `read`, `write` and `cmpxchg` alone, `plain-write` one by `write` alone,
   * `cross-vendor` a system call that the CPU of another vendor lacks, and the others are exits of VMX and SVM.
   */
  readonly ways?: readonly OwnWay[] | undefined;
  /** What the guest has to turn on for the CPU to run it. */
  readonly turnedOn?: GuestState | undefined;
  readonly vmx?: VmxControl | undefined;
  /** With `privileged`: when it faults and is run. */
  readonly faults?: readonly Fault[] | undefined;
  /** Whether the emulator of HVM domains lacks the callbacks for it. */
  readonly onlyForPv?: true | undefined;
  /** Where no label tells: what the code at the anchor does, read by a person. */
  readonly judged?: { readonly supported: boolean; readonly anchor: string } | undefined;
  readonly note?: string | undefined;
}

type More = Omit<Instruction, 'id' | 'name' | 'opcodes'>;

/** An entry of the tables of instructions; opcodes are separated by commas. */
export function instruction(
  id: string,
  name: string,
  opcodes: string,
  more: More = {},
): Instruction {
  return { id, name, opcodes: opcodes.split(/,\s*/), ...more };
}
