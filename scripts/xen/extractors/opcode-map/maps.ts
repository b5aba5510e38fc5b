/** The maps of opcodes, since when the emulator has labels in them, and what brings their instructions to it. */
import { X87_STATE } from './instructions/groups.ts';
import type { Block, OwnWay } from './instructions/instruction.ts';

export interface OpcodeMap {
  readonly id: string;
  /** As in the names of opcodes. */
  readonly map: string;
  readonly title: string;
  readonly ways: readonly OwnWay[];
  /** What of it needs memory that can be mapped, since 4.14. */
  readonly block?: Block | undefined;
  /** First release with labels in it. */
  readonly since?: string | undefined;
}

export const MAPS: readonly OpcodeMap[] = [
  {
    id: 'legacy-1-byte',
    map: 'legacy/1-byte',
    title: 'Opcodes of one byte',
    block: { what: X87_STATE },
    ways: ['privileged', 'page-table', 'plain-write', 'string-io'],
  },
  {
    id: 'legacy-0f',
    map: 'legacy/0f',
    title: 'Opcodes behind 0f',
    block: { what: 'the operand of FXSAVE and FXRSTOR' },
    ways: ['privileged', 'page-table', 'plain-write', 'control-register', 'invlpg'],
  },
  {
    id: 'legacy-0f38',
    map: 'legacy/0f38',
    title: 'Opcodes behind 0f 38',
    block: { what: 'the destination of MOVDIRI, MOVDIR64B, ENQCMD and ENQCMDS' },
    ways: ['page-table', 'plain-write'],
  },
  { id: 'legacy-0f3a', map: 'legacy/0f3a', title: 'Opcodes behind 0f 3a', ways: [] },
  { id: 'vex-0f', map: 'VEX/0f', title: 'VEX-encoded opcodes of map 0f', ways: [] },
  { id: 'vex-0f38', map: 'VEX/0f38', title: 'VEX-encoded opcodes of map 0f38', ways: [] },
  { id: 'vex-0f3a', map: 'VEX/0f3a', title: 'VEX-encoded opcodes of map 0f3a', ways: [] },
  { id: 'evex-0f', map: 'EVEX/0f', title: 'EVEX-encoded opcodes of map 0f', ways: [] },
  { id: 'evex-0f38', map: 'EVEX/0f38', title: 'EVEX-encoded opcodes of map 0f38', ways: [] },
  { id: 'evex-0f3a', map: 'EVEX/0f3a', title: 'EVEX-encoded opcodes of map 0f3a', ways: [] },
  {
    id: 'evex-map5',
    map: 'EVEX/map5',
    title: 'EVEX-encoded opcodes of map 5',
    ways: [],
    since: '4.18',
  },
  {
    id: 'evex-map6',
    map: 'EVEX/map6',
    title: 'EVEX-encoded opcodes of map 6',
    ways: [],
    since: '4.18',
  },
  { id: 'xop-8f08', map: 'XOP/8f08', title: 'XOP-encoded opcodes of map 8', ways: [] },
  { id: 'xop-8f09', map: 'XOP/8f09', title: 'XOP-encoded opcodes of map 9', ways: [] },
  { id: 'xop-8f0a', map: 'XOP/8f0a', title: 'XOP-encoded opcodes of map a', ways: [] },
];

/** The tables of the decoder, with the map that they describe. */
export const TABLES: Readonly<Record<string, string>> = {
  opcode_table: 'legacy/1-byte',
  twobyte_table: 'legacy/0f',
  ext0f38_table: 'legacy/0f38',
  ext0f3a_table: 'legacy/0f3a',
  xop_table: 'XOP/8f08',
  ext8f08_table: 'XOP/8f08',
  ext8f09_table: 'XOP/8f09',
};
