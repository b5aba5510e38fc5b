/** Instructions of the groups 0f ae and 0f c7, and what is delegated for x87 and 3DNow!. */
import { type Instruction, instruction as i } from './instruction.ts';

/** What moves the state of the x87 FPU in one piece, since 4.14. */
export const X87_STATE = 'the operand of FLDENV, FRSTOR, FNSTENV and FNSAVE';

export const GROUPED: readonly Instruction[] = [
  i('fxsave', 'FXSAVE', 'legacy/0f ae /0', {
    memory: 'write',
    block: { what: 'the operand', only: true },
  }),
  i('fxrstor', 'FXRSTOR', 'legacy/0f ae /1', {
    memory: 'read',
    block: { what: 'the operand', only: true },
  }),
  i('ldmxcsr', 'LDMXCSR', 'legacy/0f ae /2, VEX/0f ae /2', { memory: 'read' }),
  i('stmxcsr', 'STMXCSR', 'legacy/0f ae /3, VEX/0f ae /3', { memory: 'write' }),
  i('xsave', 'XSAVE', 'legacy/0f ae /4', { memory: 'write' }),
  i('xrstor', 'XRSTOR', 'legacy/0f ae /5', {
    memory: 'read',
    judged: { supported: false, anchor: 'lfence' },
    note: 'The label is that of LFENCE; a memory operand is turned away.',
  }),
  i('xsaveopt', 'XSAVEOPT', 'legacy/0f ae /6', {
    memory: 'write',
    judged: { supported: false, anchor: 'clwb' },
    note: 'The label is that of MFENCE and CLWB; a memory operand without prefix is turned away.',
  }),
  i('lfence', 'LFENCE', 'legacy/0f ae /5'),
  i('mfence', 'MFENCE', 'legacy/0f ae /6'),
  i('sfence', 'SFENCE', 'legacy/0f ae /7'),
  i('clwb', 'CLWB', 'legacy/0f ae /6', { memory: 'read' }),
  i('clflush', 'CLFLUSH and CLFLUSHOPT', 'legacy/0f ae /7', { memory: 'read' }),
  i('fsgsbase', 'RDFSBASE, RDGSBASE, WRFSBASE and WRGSBASE', 'legacy/0f.F3 ae', {
    turnedOn: 'cr4-fsgsbase',
    judged: { supported: true, anchor: 'X86_CR4_FSGSBASE' },
  }),
  i('ptwrite', 'PTWRITE', 'legacy/0f.F3 ae', {
    memory: 'read',
    judged: { supported: false, anchor: 'X86_CR4_FSGSBASE' },
  }),
  i('waitpkg', 'UMONITOR, UMWAIT and TPAUSE', 'legacy/0f.66 ae, legacy/0f.F2 ae, legacy/0f.F3 ae', {
    judged: { supported: false, anchor: 'X86_CR4_FSGSBASE' },
    note: 'No prefix of the register form of 0f ae /6 leads to them.',
  }),
  i('clrssbsy', 'CLRSSBSY', 'legacy/0f.F3 ae', {
    memory: 'write',
    judged: { supported: false, anchor: 'X86_CR4_FSGSBASE' },
  }),
  i('cmpxchg8b', 'CMPXCHG8B and CMPXCHG16B', 'legacy/0f c7', {
    memory: 'write',
    ways: ['page-table'],
    judged: { supported: true, anchor: 'cx16' },
  }),
  i('rdrand', 'RDRAND', 'legacy/0f c7 /6'),
  i('rdseed', 'RDSEED', 'legacy/0f c7 /7'),
  i('rdpid', 'RDPID', 'legacy/0f c7 /7', {
    vmx: {
      bit: 'rdtscp',
      note: 'The control of VMX that allows RDTSCP allows RDPID too; Xen sets it where the guest has RDTSCP.',
      since: '4.18',
    },
    judged: { supported: true, anchor: 'rdpid' },
  }),
  i('xrstors', 'XRSTORS, XSAVEC and XSAVES', 'legacy/0f c7 /3, legacy/0f c7 /4, legacy/0f c7 /5', {
    memory: 'write',
  }),
  i('vmptrld', 'VMPTRLD, VMPTRST, VMCLEAR and VMXON', 'legacy/0f c7', {
    memory: 'read',
    judged: { supported: false, anchor: 'cx16' },
    note: 'With a memory operand only CMPXCHG8B and CMPXCHG16B are run.',
  }),
  i('senduipi', 'SENDUIPI', 'legacy/0f c7 /6', {
    judged: { supported: false, anchor: 'rdrand' },
    note: 'The label is that of RDRAND, which gives #UD with the prefix.',
  }),
  i('x87', 'x87 floating point', 'legacy/1-byte d8-df, legacy/1-byte 9b', {
    since: '4.14',
    memory: 'write',
    block: { what: X87_STATE },
  }),
  i('x87', 'x87 floating point', 'legacy/1-byte d8-df, legacy/1-byte 9b', {
    until: '4.14',
    memory: 'write',
    note: 'FLDENV, FRSTOR, FNSTENV and FNSAVE are not run.',
  }),
  i('3dnow', '3DNow! and its extensions', 'legacy/0f 0f', { amdOnly: true, memory: 'read' }),
  i('femms', 'FEMMS', 'legacy/0f 0e', { amdOnly: true }),
  i('prefetchi', 'PREFETCHIT0 and PREFETCHIT1', 'legacy/0f 18', { note: 'Hints without effect.' }),
  i('cldemote', 'CLDEMOTE', 'legacy/0f 1c', { note: 'A hint without effect.' }),
  i('movrs', 'MOVRS', 'legacy/0f38 8a, legacy/0f38 8b', { memory: 'read' }),
  i('prefetch', 'PREFETCH, PREFETCHW and PREFETCHh', 'legacy/0f 0d, legacy/0f 18', {
    note: 'Hints without effect.',
  }),
];
