/** What the exits of VMX mean that instructions cause. */
import {
  INVD_IN_REAL_MODE,
  NO_DEBUG_REGISTERS_IN_REAL_MODE,
  UNKNOWN_IN_REAL_MODE,
} from './real-mode.ts';
import {
  BAD_CR3,
  BAD_VALUE,
  CACHES_VMX,
  CACHES_VMX_BEFORE,
  CACHES_VMX_DOM0,
  cpuid,
  DEBUG_REGISTERS,
  DESCRIPTORS_EMULATE,
  DESCRIPTORS_VMX,
  EXTENDED_STATE,
  faults,
  HALT,
  HYPERCALL,
  KERNEL_ONLY,
  MSR_ACCESS,
  NESTED_DOM0,
  NO_EXTENDED_STATE,
  NO_PAUSE_LOOP,
  NO_RDTSCP,
  NO_RDTSCP_DOM0,
  PAUSE_LOOP,
  PORTS,
  PORTS_DOM0,
  PORTS_DOM0_BEFORE,
  type ProvidedList,
  refused,
  type Treatment,
  TSC,
  TSC_DOM0,
  trapped,
  WITHOUT_NESTED,
  withoutExit,
} from './treatment.ts';

const NOT_ENABLED = 'The instruction is not enabled, and faults without an exit.';

/** Without it in the CPUID policy, the control that enables the instruction is off. */
const RDTSCP_OFF = faults('#UD', NOT_ENABLED, { cpuid: ['!rdtscp'] });

/** INVPCID, which the CPUID policy has with HAP only. */
const INVPCID = 'The instruction does not exit while INVLPG does not.';

const INVPCID_OFF = faults('#UD', NOT_ENABLED, { paging: 'shadow' });

/** Loading the registers at the switch leaves the exit on. */
const LOADED_EARLY = trapped(
  'With a breakpoint active Xen loads the registers as it switches to the vCPU, and the first access exits all the same.',
  { guest: ['debug-registers-loaded'] },
);

/** What the instructions of VMX need of a guest; the CPU has them on, so that they exit. */
const VMX_ON = ['nested-hvm', 'cr4-vmxe'] as const;

const IN_KERNEL = [...VMX_ON, '!user-mode'] as const;

const NEEDS_VMXE = 'The instruction needs CR4.VMXE';

const NEEDS_VMXON = `${NEEDS_VMXE} and a VMXON before it.`;

const FOR_NESTED = 'Xen emulates the instruction for a nested hypervisor';

const AFTER_VMXON = `${FOR_NESTED} after its VMXON.`;

const IN_USER_MODE = [...VMX_ON, 'user-mode'] as const;

const EXITS_FIRST = 'The exit comes before the check of the privilege level.';

function withoutVmx(needs: string): ProvidedList {
  return [WITHOUT_NESTED, refused('#UD', needs, { guest: ['nested-hvm', '!cr4-vmxe'] })];
}

function nested(needs: string, inKernel: string): ProvidedList {
  return [
    ...withoutVmx(needs),
    trapped(inKernel, { guest: IN_KERNEL }),
    refused('#GP', EXITS_FIRST, { guest: IN_USER_MODE }),
  ];
}

/** An access to fields of a VMCS, which the CPU can serve from the shadow of one. */
function vmcsAccess(shadowed: string): ProvidedList {
  const exits = { feature: ['!vmcs-shadowing'] } as const;
  const served = { feature: ['vmcs-shadowing'] } as const;
  return [
    ...withoutVmx(NEEDS_VMXON),
    withoutExit(shadowed, { ...served, guest: IN_KERNEL }),
    trapped(AFTER_VMXON, { ...exits, guest: IN_KERNEL }),
    refused('#GP', EXITS_FIRST, { ...exits, guest: IN_USER_MODE }),
    faults('#GP', 'The CPU checks the privilege level of what does not exit.', {
      ...served,
      guest: IN_USER_MODE,
    }),
  ];
}

const NO_WBINVD_EXIT = withoutExit(
  'The instruction does not exit, and writes the caches of its CPU back.',
  { feature: ['!wbinvd-exit'] },
);

const PORT_ACCESS: Treatment = {
  names: ['EXIT_REASON_IO_INSTRUCTION'],
  controls: ['CPU_BASED_ACTIVATE_IO_BITMAP'],
  emulates: 'the instruction is INS or OUTS; IN and OUT are decoded by the hardware',
  handlings: PORTS,
};

export const VMX_INSTRUCTIONS: readonly Treatment[] = [
  {
    names: ['EXIT_REASON_CPUID'],
    handlings: cpuid('cpuid-faulting'),
  },
  {
    names: ['EXIT_REASON_GETSEC'],
    handlings: [faults('#UD', 'CR4.SMXE is never set, so that the CPU faults before an exit.')],
  },
  {
    names: ['EXIT_REASON_HLT'],
    controls: ['CPU_BASED_HLT_EXITING'],
    handlings: HALT,
  },
  {
    names: ['EXIT_REASON_INVD'],
    since: '4.18',
    notInRealMode: INVD_IN_REAL_MODE,
    handlings: CACHES_VMX,
    differs: { 'pvh-dom0': CACHES_VMX_DOM0 },
  },
  {
    names: ['EXIT_REASON_INVD'],
    until: '4.18',
    notInRealMode: INVD_IN_REAL_MODE,
    handlings: CACHES_VMX_BEFORE,
    differs: { 'pvh-dom0': CACHES_VMX_DOM0 },
  },
  {
    names: ['EXIT_REASON_WBINVD'],
    since: '4.18',
    controls: ['SECONDARY_EXEC_WBINVD_EXITING'],
    handlings: [...CACHES_VMX, NO_WBINVD_EXIT],
    differs: { 'pvh-dom0': [...CACHES_VMX_DOM0, NO_WBINVD_EXIT] },
  },
  {
    names: ['EXIT_REASON_WBINVD'],
    until: '4.18',
    controls: ['SECONDARY_EXEC_WBINVD_EXITING'],
    handlings: [...CACHES_VMX_BEFORE, NO_WBINVD_EXIT],
    differs: { 'pvh-dom0': [...CACHES_VMX_DOM0, NO_WBINVD_EXIT] },
  },
  {
    names: ['EXIT_REASON_INVLPG'],
    controls: ['CPU_BASED_INVLPG_EXITING'],
    handlings: [
      withoutExit('The CPU invalidates the entry.', { paging: 'hap' }),
      trapped('Xen drops the shadow entry.', { paging: 'shadow' }),
      KERNEL_ONLY,
    ],
  },
  {
    names: ['EXIT_REASON_RDPMC'],
    controls: ['CPU_BASED_RDPMC_EXITING'],
    handlings: [withoutExit('Xen does not ask for the exit; there is no case for it.')],
  },
  {
    names: ['EXIT_REASON_RDTSC'],
    controls: ['CPU_BASED_RDTSC_EXITING'],
    handlings: TSC,
    differs: { 'pvh-dom0': TSC_DOM0 },
  },
  {
    names: ['EXIT_REASON_RDTSCP'],
    since: '4.18',
    controls: ['CPU_BASED_RDTSC_EXITING'],
    handlings: [...TSC, RDTSCP_OFF],
    differs: { 'pvh-dom0': [...TSC_DOM0, RDTSCP_OFF] },
  },
  {
    names: ['EXIT_REASON_RDTSCP'],
    until: '4.18',
    controls: ['CPU_BASED_RDTSC_EXITING'],
    handlings: [...TSC, NO_RDTSCP],
    differs: { 'pvh-dom0': [...TSC_DOM0, NO_RDTSCP_DOM0] },
  },
  {
    names: ['EXIT_REASON_VMCALL'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: HYPERCALL,
  },
  {
    names: ['EXIT_REASON_VMXON'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: nested(`${NEEDS_VMXE}.`, `${FOR_NESTED}.`),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: ['EXIT_REASON_VMREAD'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: vmcsAccess('The CPU reads the shadow of the VMCS that VMPTRLD has loaded.'),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: ['EXIT_REASON_VMWRITE'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: vmcsAccess(
      'The CPU writes the shadow of the VMCS that VMPTRLD has loaded, but for the addresses of the I/O and MSR bitmaps, which exit.',
    ),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: [
      'EXIT_REASON_VMXOFF',
      'EXIT_REASON_VMCLEAR',
      'EXIT_REASON_VMPTRLD',
      'EXIT_REASON_VMPTRST',
      'EXIT_REASON_VMLAUNCH',
      'EXIT_REASON_VMRESUME',
      'EXIT_REASON_INVEPT',
      'EXIT_REASON_INVVPID',
    ],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: nested(NEEDS_VMXON, AFTER_VMXON),
    differs: { 'pvh-dom0': NESTED_DOM0 },
  },
  {
    names: ['EXIT_REASON_CR_ACCESS'],
    controls: [
      'CPU_BASED_CR3_LOAD_EXITING',
      'CPU_BASED_CR3_STORE_EXITING',
      'CPU_BASED_CR8_LOAD_EXITING',
      'CPU_BASED_CR8_STORE_EXITING',
    ],
    intercept: 'always',
    handlings: [
      trapped(
        'A write of CR0 or CR4, LMSW and CLTS exit when they would change a bit that Xen owns; the hardware decodes them.',
        { guest: ['owned-bit-changes'] },
      ),
      withoutExit(
        'Reads of CR0 and CR4 give the read shadow, and writes that leave the owned bits alone do not exit; nor do other accesses to CR3 and CR8 than the following.',
        { guest: ['!owned-bit-changes'] },
      ),
      trapped('Accesses to CR3 exit as well until the guest turns paging on.', {
        paging: 'hap',
        feature: ['!unrestricted-guest'],
        guest: ['paging-off'],
      }),
      trapped('Writes of CR3 exit as well where introspection asks for them.', {
        guest: ['introspection'],
      }),
      trapped('Accesses to CR3 exit as well.', { paging: 'shadow' }),
      trapped('Accesses to CR8 exit as well.', { feature: ['!tpr-shadow'] }),
      BAD_VALUE,
      BAD_CR3,
      KERNEL_ONLY,
    ],
  },
  {
    names: ['EXIT_REASON_DR_ACCESS'],
    controls: ['CPU_BASED_MOV_DR_EXITING'],
    notInRealMode: NO_DEBUG_REGISTERS_IN_REAL_MODE,
    handlings: [...DEBUG_REGISTERS, LOADED_EARLY],
  },
  { ...PORT_ACCESS, since: '4.18', differs: { 'pvh-dom0': PORTS_DOM0 } },
  { ...PORT_ACCESS, until: '4.18', differs: { 'pvh-dom0': PORTS_DOM0_BEFORE } },
  {
    names: ['EXIT_REASON_MSR_READ', 'EXIT_REASON_MSR_WRITE'],
    controls: ['CPU_BASED_ACTIVATE_MSR_BITMAP'],
    intercept: 'always',
    handlings: MSR_ACCESS,
  },
  {
    names: ['EXIT_REASON_MWAIT_INSTRUCTION'],
    controls: ['CPU_BASED_MWAIT_EXITING'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: [refused('#UD', 'The instruction is not offered to HVM domains.')],
  },
  {
    names: ['EXIT_REASON_MONITOR_INSTRUCTION'],
    controls: ['CPU_BASED_MONITOR_EXITING'],
    notInRealMode: UNKNOWN_IN_REAL_MODE,
    handlings: [refused('#UD', 'The instruction is not offered to HVM domains.')],
  },
  {
    names: ['EXIT_REASON_PAUSE_INSTRUCTION'],
    controls: ['SECONDARY_EXEC_PAUSE_LOOP_EXITING', 'CPU_BASED_PAUSE_EXITING'],
    notInRealMode: null,
    handlings: [
      trapped(PAUSE_LOOP, { feature: ['pause-filter'], guest: ['!user-mode'] }),
      withoutExit(
        'The CPU looks for loops in kernel mode only, and not in real mode that runs as virtual-8086 mode.',
        { guest: ['user-mode'] },
      ),
      NO_PAUSE_LOOP,
      {
        how: 'hardware',
        by: 'cpu',
        when: { cmdline: 'ple_gap=0' },
        note: 'The option turns the exit off.',
      },
    ],
  },
  {
    names: ['EXIT_REASON_ACCESS_GDTR_OR_IDTR', 'EXIT_REASON_ACCESS_LDTR_OR_TR'],
    controls: ['SECONDARY_EXEC_DESCRIPTOR_TABLE_EXITING'],
    emulates: DESCRIPTORS_EMULATE,
    handlings: DESCRIPTORS_VMX,
  },
  {
    names: ['EXIT_REASON_INVPCID'],
    since: '4.18',
    controls: ['CPU_BASED_INVLPG_EXITING'],
    intercept: 'never',
    handlings: [
      withoutExit(INVPCID, { paging: 'hap', cpuid: ['invpcid'] }),
      faults('#UD', NOT_ENABLED, { cpuid: ['!invpcid'] }),
      INVPCID_OFF,
    ],
  },
  {
    names: ['EXIT_REASON_INVPCID'],
    until: '4.18',
    controls: ['CPU_BASED_INVLPG_EXITING'],
    intercept: 'never',
    handlings: [withoutExit(INVPCID, { paging: 'hap' }), INVPCID_OFF],
  },
  {
    names: ['EXIT_REASON_VMFUNC'],
    controls: ['SECONDARY_EXEC_ENABLE_VM_FUNCTIONS'],
    notInRealMode: null,
    handlings: [
      faults('#UD', NOT_ENABLED, { guest: ['!altp2m'] }),
      withoutExit('The CPU switches to another view of memory.', {
        feature: ['vmx-support'],
        guest: ['altp2m'],
      }),
      refused('#UD', 'The CPU could not switch the view, or knows no such function.', {
        feature: ['vmx-support'],
        guest: ['altp2m'],
      }),
      faults('#UD', NOT_ENABLED, { feature: ['!vmx-support'] }),
    ],
  },
  {
    names: ['EXIT_REASON_XSETBV'],
    handlings: [
      trapped(EXTENDED_STATE, { guest: ['!user-mode'] }),
      BAD_VALUE,
      NO_EXTENDED_STATE,
      KERNEL_ONLY,
    ],
  },
  {
    names: ['EXIT_REASON_XSAVES', 'EXIT_REASON_XRSTORS'],
    controls: ['SECONDARY_EXEC_XSAVES'],
    intercept: 'never',
    handlings: [
      withoutExit('No bit of the XSS exiting bitmap is set; an exit would crash the domain.', {
        feature: ['vmx-support'],
      }),
      faults('#UD', NOT_ENABLED, { feature: ['!vmx-support'] }),
    ],
  },
];
