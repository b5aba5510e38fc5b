/** Instructions of the system: privileged ones, virtualization, caches, enclaves. */
import { type Fault, type Instruction, instruction as i } from './instruction.ts';

const LIKE_INVD = 'The label is that of WBINVD; the prefix and CPUID tell the two apart.';
const FALLS_BACK =
  'The label is there, and the table of the decoder has it as a hint without effect.';

/** What the PV emulator lets through, and when it comes to it. */
const privileged = (...faults: Fault[]) => ({ ways: ['privileged'], faults }) as const;

const IN_KERNEL: Fault = { when: { guest: ['!user-mode'] } };
const MSR: Fault = { when: { guest: ['!user-mode', 'msr-permitted'] } };
const PORT: Fault = { when: { guest: ['io-permission'] } };
const TSC: readonly Fault[] = [
  { when: { guest: ['vtsc', '!cr4-tsd'] }, except: 'pv-dom0' },
  { when: { guest: ['cr4-tsd', '!user-mode'] } },
];
const CPUID: readonly Fault[] = [
  { when: { feature: ['cpuid-faulting'] } },
  { when: { feature: ['cpuid-user-dis'] }, except: 'pv-shim', since: '4.18' },
];

export const SYSTEM: readonly Instruction[] = [
  i('rsm', 'RSM', 'legacy/0f aa'),
  i('getsec', 'GETSEC', 'legacy/0f 37'),
  i('rdpmc', 'RDPMC', 'legacy/0f 33'),
  i('mov-test-register', 'MOV to and from test registers', 'legacy/0f 24, legacy/0f 26'),
  i('loadall', 'LOADALL of the 80286', 'legacy/0f 04'),
  i('vmread', 'VMREAD', 'legacy/0f 78', { memory: 'write' }),
  i('vmwrite', 'VMWRITE', 'legacy/0f 79', { memory: 'read' }),
  i('invept', 'INVEPT', 'legacy/0f38.66 80', { memory: 'read' }),
  i('invvpid', 'INVVPID', 'legacy/0f38.66 81', { memory: 'read' }),
  i('invpcid', 'INVPCID', 'legacy/0f38.66 82', { memory: 'read' }),
  i('enclv', 'ENCLV', 'legacy/0f 01 c0'),
  i('vmcall', 'VMCALL', 'legacy/0f 01 c1'),
  i('vmlaunch', 'VMLAUNCH and VMRESUME', 'legacy/0f 01 c2, legacy/0f 01 c3'),
  i('vmxoff', 'VMXOFF', 'legacy/0f 01 c4'),
  i('pconfig', 'PCONFIG', 'legacy/0f 01 c5'),
  i('wrmsrns', 'WRMSRNS', 'legacy/0f 01 c6.none'),
  i('rdmsrlist', 'RDMSRLIST and WRMSRLIST', 'legacy/0f 01 c6.F2, legacy/0f 01 c6.F3'),
  i('pbndkb', 'PBNDKB', 'legacy/0f 01 c7'),
  i('monitor', 'MONITOR and MWAIT', 'legacy/0f 01 c8, legacy/0f 01 c9'),
  i('clac-stac', 'CLAC and STAC', 'legacy/0f 01 ca, legacy/0f 01 cb'),
  i('eretu', 'ERETU and ERETS (FRED)', 'legacy/0f 01 ca.F3, legacy/0f 01 ca.F2', {
    judged: { supported: false, anchor: 'clac' },
    note: 'The label is that of CLAC, which gives #UD with a prefix.',
  }),
  i('tdcall', 'TDCALL', 'legacy/0f 01 cc.66'),
  i(
    'seam',
    'SEAMRET, SEAMOPS and SEAMCALL',
    'legacy/0f 01 cd.66, legacy/0f 01 ce.66, legacy/0f 01 cf.66',
  ),
  i('encls', 'ENCLS', 'legacy/0f 01 cf'),
  i('xgetbv', 'XGETBV', 'legacy/0f 01 d0'),
  i(
    'xsetbv',
    'XSETBV',
    'legacy/0f 01 d1',
    privileged({ when: { guest: ['!user-mode', 'cr4-osxsave'] } }),
  ),
  i('vmfunc', 'VMFUNC', 'legacy/0f 01 d4'),
  i('xend', 'XEND', 'legacy/0f 01 d5', {
    note: 'It always faults, for no transaction is ever active.',
  }),
  i('xtest', 'XTEST', 'legacy/0f 01 d6'),
  i('enclu', 'ENCLU', 'legacy/0f 01 d7'),
  i('vmrun', 'VMRUN', 'legacy/0f 01 d8'),
  i('vmmcall', 'VMMCALL', 'legacy/0f 01 d9'),
  i('vmgexit', 'VMGEXIT', 'legacy/0f 01 d9.F3'),
  i('vmload', 'VMLOAD and VMSAVE', 'legacy/0f 01 da, legacy/0f 01 db'),
  i('stgi', 'STGI and CLGI', 'legacy/0f 01 dc, legacy/0f 01 dd'),
  i('skinit', 'SKINIT', 'legacy/0f 01 de'),
  i('invlpga', 'INVLPGA', 'legacy/0f 01 df'),
  i('serialize', 'SERIALIZE', 'legacy/0f 01 e8.none'),
  i('setssbsy', 'SETSSBSY', 'legacy/0f 01 e8.F3'),
  i('xsusldtrk', 'XSUSLDTRK and XRESLDTRK', 'legacy/0f 01 e8.F2, legacy/0f 01 e9.F2'),
  i('saveprevssp', 'SAVEPREVSSP', 'legacy/0f 01 ea'),
  i('uiret', 'UIRET and TESTUI', 'legacy/0f 01 ec, legacy/0f 01 ed'),
  i('clui', 'CLUI and STUI', 'legacy/0f 01 ee.F3, legacy/0f 01 ef.F3'),
  i('rdpkru', 'RDPKRU and WRPKRU', 'legacy/0f 01 ee.none, legacy/0f 01 ef.none'),
  i('swapgs', 'SWAPGS', 'legacy/0f 01 f8'),
  i('rdtscp', 'RDTSCP', 'legacy/0f 01 f9', privileged(...TSC)),
  i('monitorx', 'MONITORX and MWAITX', 'legacy/0f 01 fa, legacy/0f 01 fb'),
  i('clzero', 'CLZERO', 'legacy/0f 01 fc', { amdOnly: true, memory: 'write' }),
  i('mcommit', 'MCOMMIT', 'legacy/0f 01 fa.F3'),
  i('rdpru', 'RDPRU', 'legacy/0f 01 fd'),
  i('rmpupdate', 'RMPUPDATE and RMPADJUST', 'legacy/0f 01 fe.F2, legacy/0f 01 fe.F3'),
  i('pvalidate', 'PVALIDATE and PSMASH', 'legacy/0f 01 ff.F2, legacy/0f 01 ff.F3'),
  i('invlpgb', 'INVLPGB', 'legacy/0f 01 fe'),
  i('tlbsync', 'TLBSYNC', 'legacy/0f 01 ff'),
  i('sgdt', 'SGDT and SIDT', 'legacy/0f 01 /0, legacy/0f 01 /1', { memory: 'write' }),
  i('lgdt', 'LGDT and LIDT', 'legacy/0f 01 /2, legacy/0f 01 /3', { memory: 'read' }),
  i('smsw', 'SMSW', 'legacy/0f 01 /4', { memory: 'write', ways: ['control-register'] }),
  i('rstorssp', 'RSTORSSP', 'legacy/0f 01 /5', { memory: 'write' }),
  i('lmsw', 'LMSW', 'legacy/0f 01 /6', { memory: 'read', ways: ['control-register'] }),
  i('invlpg', 'INVLPG', 'legacy/0f 01 /7', { ways: ['invlpg'] }),
  i('sldt', 'SLDT and STR', 'legacy/0f 00 /0, legacy/0f 00 /1', { memory: 'write' }),
  i('lldt', 'LLDT and LTR', 'legacy/0f 00 /2, legacy/0f 00 /3', { memory: 'read' }),
  i('verr', 'VERR and VERW', 'legacy/0f 00 /4, legacy/0f 00 /5', { memory: 'read' }),
  i('lkgs', 'LKGS', 'legacy/0f 00 /6', { memory: 'read' }),
  i('lar', 'LAR and LSL', 'legacy/0f 02, legacy/0f 03', { memory: 'read' }),
  i('syscall', 'SYSCALL and SYSRET', 'legacy/0f 05, legacy/0f 07', {
    since: '4.14',
    ways: ['cross-vendor'],
  }),
  i('syscall', 'SYSCALL', 'legacy/0f 05', {
    until: '4.14',
    ways: ['cross-vendor'],
    note: 'SYSRET is not run.',
  }),
  i('sysenter', 'SYSENTER and SYSEXIT', 'legacy/0f 34, legacy/0f 35', { ways: ['cross-vendor'] }),
  i('clts', 'CLTS', 'legacy/0f 06', {
    ways: ['privileged', 'control-register'],
    faults: [IN_KERNEL],
  }),
  i('invd', 'INVD', 'legacy/0f 08'),
  i('wbinvd', 'WBINVD', 'legacy/0f 09', privileged(IN_KERNEL)),
  i('wbnoinvd', 'WBNOINVD', 'legacy/0f 09', { ...privileged(IN_KERNEL), note: LIKE_INVD }),
  i('mov-cr', 'MOV to and from control registers', 'legacy/0f 20, legacy/0f 22', {
    ways: ['privileged', 'mov-cr'],
    faults: [IN_KERNEL],
  }),
  i('mov-dr', 'MOV to and from debug registers', 'legacy/0f 21, legacy/0f 23', {
    ...privileged(IN_KERNEL),
    onlyForPv: true,
  }),
  i('rdmsr', 'RDMSR', 'legacy/0f 32', privileged(MSR)),
  i('wrmsr', 'WRMSR', 'legacy/0f 30', privileged(MSR)),
  i('rdmsr-imm', 'RDMSR with an immediate', 'VEX/map7.F2 f6'),
  i('wrmsrns-imm', 'WRMSRNS with an immediate', 'VEX/map7.F3 f6'),
  i('urdmsr', 'URDMSR and UWRMSR', 'legacy/0f38.F2 f8, legacy/0f38.F3 f8', { until: '4.14' }),
  i('urdmsr', 'URDMSR and UWRMSR', 'legacy/0f38.F2 f8, legacy/0f38.F3 f8', {
    since: '4.14',
    judged: { supported: false, anchor: 'enqcmd' },
    note: 'The labels are those of ENQCMD and ENQCMDS, whose operand is memory.',
  }),
  i('rdtsc', 'RDTSC', 'legacy/0f 31', privileged(...TSC)),
  i('cpuid', 'CPUID', 'legacy/0f a2', privileged(...CPUID)),
  i('hlt', 'HLT', 'legacy/1-byte f4'),
  i('cli', 'CLI and STI', 'legacy/1-byte fa, legacy/1-byte fb', {
    ways: ['skipped'],
  }),
  i('in-out', 'IN and OUT', 'legacy/1-byte e4-e7, legacy/1-byte ec-ef', privileged(PORT)),
  i('ins-outs', 'INS and OUTS', 'legacy/1-byte 6c-6f', {
    ways: ['privileged', 'string-io'],
    faults: [PORT],
    memory: 'write',
  }),
  i('iret', 'IRET', 'legacy/1-byte cf'),
  i('int', 'INT n, INT3 and INTO', 'legacy/1-byte cc-ce'),
  i('icebp', 'ICEBP (INT1)', 'legacy/1-byte f1'),
  i('ud', 'UD0, UD1 and UD2', 'legacy/0f 0b, legacy/0f b9, legacy/0f ff', {
    note: 'They give #UD.',
  }),
  i('mpx', 'BNDMOV, BNDMK and other MPX instructions', 'legacy/0f 1a, legacy/0f 1b', {
    note: FALLS_BACK,
  }),
  i('cet-shadow-stack', 'RDSSP and INCSSP', 'legacy/0f.F3 ae, legacy/0f.F3 1e', {
    judged: { supported: false, anchor: 'X86_CR4_FSGSBASE' },
    note: 'RDSSP is a hint without effect, as on a CPU without shadow stacks; INCSSP gives #UD.',
  }),
  i('wrss', 'WRSS and WRUSS', 'legacy/0f38 f6, legacy/0f38.66 f5', { memory: 'write' }),
  i('hreset', 'HRESET', 'legacy/0f3a.F3 f0'),
  i('altinst', 'ALTINST of VIA', 'legacy/0f 3f'),
  i('padlock', 'PadLock (XSTORE, XCRYPT, MONTMUL)', 'legacy/0f a6, legacy/0f a7'),
];
