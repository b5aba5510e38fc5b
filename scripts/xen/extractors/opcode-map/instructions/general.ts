/** Instructions on general-purpose registers. */
import { type Instruction, instruction as i } from './instruction.ts';

export const GENERAL: readonly Instruction[] = [
  i('movnti', 'MOVNTI', 'legacy/0f c3', { memory: 'write', ways: ['page-table', 'plain-write'] }),
  i('cmov', 'CMOVcc', 'legacy/0f 40-4f', { memory: 'read' }),
  i('xbegin', 'XBEGIN and XABORT', 'legacy/1-byte c6, legacy/1-byte c7', {
    judged: { supported: true, anchor: 'vcpu_has_rtm' },
    note: 'XABORT does nothing, and XBEGIN goes to its fallback: no transaction is ever active.',
  }),
  i('pause', 'PAUSE', 'legacy/1-byte.F3 90'),
  i('lahf', 'LAHF and SAHF', 'legacy/1-byte 9e-9f'),
  i('popcnt', 'POPCNT', 'legacy/0f.F3 b8', { memory: 'read' }),
  i('jmpe', 'JMPE', 'legacy/0f b8'),
  i('movbe', 'MOVBE', 'legacy/0f38 f0, legacy/0f38 f1', {
    memory: 'write',
    ways: ['page-table', 'plain-write'],
  }),
  i('crc32', 'CRC32', 'legacy/0f38.F2 f0, legacy/0f38.F2 f1', { memory: 'read' }),
  i('adx', 'ADCX and ADOX', 'legacy/0f38.66 f6, legacy/0f38.F3 f6', { memory: 'read' }),
  i('movdiri', 'MOVDIRI', 'legacy/0f38 f9', {
    memory: 'write',
    block: { what: 'the destination', only: true },
  }),
  i('movdir64b', 'MOVDIR64B', 'legacy/0f38.66 f8', {
    memory: 'write',
    block: { what: 'the destination (the source may be such memory)' },
  }),
  i('enqcmd', 'ENQCMD and ENQCMDS', 'legacy/0f38.F2 f8, legacy/0f38.F3 f8', {
    memory: 'write',
    block: { what: 'the destination (the source may be such memory)' },
  }),
  i('rao-int', 'AADD, AAND, AOR and AXOR (RAO-INT)', 'legacy/0f38 fc, legacy/0f38.66 fc', {
    memory: 'write',
  }),
  i('key-locker', 'Key Locker', 'legacy/0f38.F3 fa, legacy/0f38.F3 d8', { memory: 'read' }),
  i('bmi1', 'ANDN and BEXTR (BMI1)', 'VEX/0f38 f2, VEX/0f38 f7', { memory: 'read' }),
  i(
    'bmi1-group',
    'BLSR, BLSMSK and BLSI (BMI1)',
    'VEX/0f38 f3 /1, VEX/0f38 f3 /2, VEX/0f38 f3 /3',
    {
      memory: 'read',
    },
  ),
  i(
    'bmi2',
    'BZHI, PDEP, PEXT and MULX (BMI2)',
    'VEX/0f38 f5, VEX/0f38.F2 f5, VEX/0f38.F3 f5, VEX/0f38.F2 f6',
    {
      memory: 'read',
    },
  ),
  i('bmi2-shifts', 'SARX, SHLX and SHRX (BMI2)', 'VEX/0f38.F3 f7, VEX/0f38.66 f7, VEX/0f38.F2 f7', {
    memory: 'read',
  }),
  i('rorx', 'RORX', 'VEX/0f3a.F2 f0', { memory: 'read' }),
  i('cmpccxadd', 'CMPccXADD', 'VEX/0f38.66 e0-ef', { memory: 'write' }),
  i('tbm', 'Trailing bit manipulation (TBM)', 'XOP/8f09 01, XOP/8f09 02, XOP/8f0a 10', {
    amdOnly: true,
    memory: 'read',
  }),
  i('lwp', 'Lightweight profiling (LWP)', 'XOP/8f09 12, XOP/8f0a 12', {
    judged: { supported: false, anchor: 'LWP' },
    note: 'The labels are there and give #UD.',
  }),
  i('tzcnt', 'TZCNT and LZCNT', 'legacy/0f bc, legacy/0f bd', { memory: 'read' }),
];
