/** Instructions that every x86 CPU has since the 80486. */
import { type Instruction, instruction as i } from './instruction.ts';

const read = { memory: 'read' } as const;
const write = { memory: 'write' } as const;
const plain = { memory: 'write', ways: ['page-table'] } as const;

export const CLASSIC: readonly Instruction[] = [
  i('mov', 'MOV', 'legacy/1-byte 88-8b', { memory: 'write', ways: ['page-table', 'plain-write'] }),
  i('movs', 'MOVS', 'legacy/1-byte a4-a5', { memory: 'write', ways: ['page-table'] }),
  i('stos', 'STOS', 'legacy/1-byte aa-ab', {
    memory: 'write',
    ways: ['page-table', 'plain-write'],
  }),
  i('add', 'ADD, OR, ADC, SBB, AND, SUB and XOR', 'legacy/1-byte 00-01, legacy/1-byte 08-09', {
    memory: 'write',
    ways: ['page-table'],
  }),
  i('xchg', 'XCHG', 'legacy/1-byte 86-87', { memory: 'write', ways: ['page-table'] }),
  i('cmpxchg', 'CMPXCHG', 'legacy/0f b0, legacy/0f b1', { memory: 'write', ways: ['page-table'] }),
  i('xadd', 'XADD', 'legacy/0f c0, legacy/0f c1', { memory: 'write', ways: ['page-table'] }),
  i('bts', 'BTS, BTR and BTC', 'legacy/0f ab, legacy/0f b3, legacy/0f bb', {
    memory: 'write',
    ways: ['page-table'],
  }),
  i('setcc', 'SETcc', 'legacy/0f 90-9f', { memory: 'write', ways: ['page-table', 'plain-write'] }),
  i('salc', 'SALC', 'legacy/1-byte d6'),
  i('bswap', 'BSWAP', 'legacy/0f c8-cf'),
  i('push-pop', 'PUSH and POP', 'legacy/1-byte 50-5f, legacy/1-byte 68, legacy/1-byte 6a', write),
  i(
    'push-segment',
    'PUSH and POP of segment registers',
    'legacy/1-byte 06-07, legacy/1-byte 1e-1f, legacy/0f a0-a1, legacy/0f a8-a9',
    write,
  ),
  i('pusha', 'PUSHA and POPA', 'legacy/1-byte 60-61', write),
  i('pushf', 'PUSHF and POPF', 'legacy/1-byte 9c-9d', write),
  i('enter', 'ENTER and LEAVE', 'legacy/1-byte c8-c9', write),
  i('call', 'CALL and RET', 'legacy/1-byte e8, legacy/1-byte c2-c3', write),
  i(
    'far-call',
    'CALL, JMP and RET, far',
    'legacy/1-byte 9a, legacy/1-byte ea, legacy/1-byte ca-cb',
    write,
  ),
  i('indirect', 'INC, DEC, CALL, JMP and PUSH of r/m', 'legacy/1-byte ff', plain),
  i('jcc', 'Jcc, LOOP and JCXZ', 'legacy/1-byte 70-7f, legacy/1-byte e0-e3, legacy/0f 80-8f'),
  i('lea', 'LEA', 'legacy/1-byte 8d'),
  i('xlat', 'XLAT', 'legacy/1-byte d7', read),
  i('cmps', 'CMPS, SCAS and LODS', 'legacy/1-byte a6-a7, legacy/1-byte ac-af', read),
  i('test', 'TEST and CMP', 'legacy/1-byte 84-85, legacy/1-byte 38-3d', read),
  i('mul', 'TEST, NOT, NEG, MUL and DIV of r/m', 'legacy/1-byte f6-f7', plain),
  i('imul', 'IMUL', 'legacy/1-byte 69, legacy/1-byte 6b, legacy/0f af', read),
  i('shift', 'Shifts and rotates', 'legacy/1-byte c0-c1, legacy/1-byte d0-d3', plain),
  i('shld', 'SHLD and SHRD', 'legacy/0f a4-a5, legacy/0f ac-ad', plain),
  i('bt', 'BT', 'legacy/0f a3', read),
  i('movzx', 'MOVZX and MOVSX', 'legacy/0f b6-b7, legacy/0f be-bf', read),
  i(
    'far-load',
    'LES, LDS, LSS, LFS and LGS',
    'legacy/1-byte c4-c5, legacy/0f b2, legacy/0f b4-b5',
    read,
  ),
  i(
    'bcd',
    'DAA, DAS, AAA, AAS, AAM and AAD',
    'legacy/1-byte 27, legacy/1-byte 2f, legacy/1-byte 37, legacy/1-byte 3f, legacy/1-byte d4-d5',
  ),
  i('bound', 'BOUND', 'legacy/1-byte 62', read),
  i('arpl', 'ARPL and MOVSXD', 'legacy/1-byte 63', write),
  i(
    'mov-segment',
    'MOV to and from segment registers',
    'legacy/1-byte 8c, legacy/1-byte 8e',
    write,
  ),
  i(
    'flags',
    'CLC, STC, CMC, CLD and STD',
    'legacy/1-byte f5, legacy/1-byte f8-f9, legacy/1-byte fc-fd',
  ),
];
