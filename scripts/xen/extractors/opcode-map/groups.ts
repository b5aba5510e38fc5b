/** Groups of opcodes that the main switch gives to a function of their own, in a file of their own since 4.18. */
import { X87_STATE } from './instructions/groups.ts';
import type { Block, OwnWay } from './instructions/instruction.ts';

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly map: string;
  /** Opcodes by which instructions are of the group, without prefix; none for operations. */
  readonly leads: readonly string[];
  readonly file: string;
  readonly symbol: string;
  readonly block?: Block;
  /** Whether the CPU runs every instruction of it for any code. */
  readonly unprivileged: boolean;
  /** The switch itself looks into this table, and calls no function. */
  readonly byTable?: true;
  /** Set where CPUs of no other vendor have its instructions. */
  readonly amdOnly?: true | undefined;
  readonly ways: readonly OwnWay[];
}

const FOLDER = 'xen/arch/x86/x86_emulate';

export const GROUPS: readonly Group[] = [
  {
    id: 'group-0f01',
    title: 'Group 0f 01, system instructions',
    map: 'legacy/0f 01',
    leads: ['legacy/0f 01'],
    file: `${FOLDER}/0f01.c`,
    symbol: 'x86emul_0f01',
    unprivileged: false,
    ways: ['privileged', 'control-register', 'invlpg'],
  },
  {
    id: 'group-0fae',
    title: 'Group 0f ae, state and fences',
    map: 'legacy/0f ae',
    leads: ['legacy/0f ae', 'VEX/0f ae'],
    file: `${FOLDER}/0fae.c`,
    symbol: 'x86emul_0fae',
    block: { what: 'the operand of FXSAVE and FXRSTOR' },
    unprivileged: true,
    ways: [],
  },
  {
    id: 'group-0fc7',
    title: 'Group 0f c7, wide exchanges and random numbers',
    map: 'legacy/0f c7',
    leads: ['legacy/0f c7'],
    file: `${FOLDER}/0fc7.c`,
    symbol: 'x86emul_0fc7',
    unprivileged: true,
    ways: ['page-table'],
  },
  {
    id: 'group-x87',
    title: 'x87 floating point',
    map: 'x87',
    leads: ['legacy/1-byte d8'],
    file: `${FOLDER}/fpu.c`,
    symbol: 'x86emul_fpu',
    block: { what: X87_STATE },
    unprivileged: true,
    ways: [],
  },
  {
    id: 'group-0f0f',
    title: '3DNow! and its extensions, by their immediate',
    map: 'legacy/0f 0f',
    leads: ['legacy/0f 0f'],
    file: `${FOLDER}/x86_emulate.c`,
    symbol: '_3dnow_table',
    unprivileged: true,
    byTable: true,
    amdOnly: true,
    ways: [],
  },
  {
    id: 'group-blk',
    title: 'Operations on blocks of memory',
    map: 'blk',
    leads: [],
    file: `${FOLDER}/blk.c`,
    symbol: 'x86_emul_blk',
    block: { what: 'the block', only: true },
    unprivileged: false,
    ways: [],
  },
  {
    id: 'group-rmw',
    title: 'Read-modify-write operations on memory',
    map: 'rmw',
    leads: [],
    file: `${FOLDER}/x86_emulate.c`,
    symbol: 'x86_emul_rmw',
    unprivileged: false,
    ways: [],
  },
];

/** The operations on blocks, by the instructions that use them; an operation without an entry is an error. */
export const BLOCK_OPERATIONS: Readonly<Record<string, string>> = {
  blk_enqcmd: 'ENQCMD and ENQCMDS',
  blk_fld: 'FLDENV and FRSTOR',
  blk_fst: 'FNSTENV and FNSAVE',
  blk_fxrstor: 'FXRSTOR',
  blk_fxsave: 'FXSAVE',
  blk_movdir: 'MOVDIRI and MOVDIR64B',
};
