/** What each hypercall of the PV interface does in the place of instructions or of hardware. Authored. */

const OPERATIONS: readonly (readonly [hypercall: string, operation: string])[] = [
  ['set_trap_table', 'exception and software interrupt handlers (LIDT)'],
  ['mmu_update', 'page-table writes of every level, and machine-to-phys updates'],
  ['set_gdt', 'the global descriptor table (LGDT)'],
  ['stack_switch', 'the kernel stack (LTR, TSS.ESP0)'],
  ['set_callbacks', 'the entry points of events, failsafe and SYSCALL'],
  ['fpu_taskswitch', 'CR0.TS (CLTS, STTS)'],
  ['sched_op_compat', 'yielding and blocking, in the old form'],
  [
    'platform_op',
    'MTRRs (XENPF_*_memtype), microcode, firmware information and cpufreq of the machine, for dom0',
  ],
  ['set_debugreg', 'MOV to debug registers'],
  ['get_debugreg', 'MOV from debug registers'],
  ['update_descriptor', 'writes of GDT and LDT entries'],
  ['memory_op', 'memory reservation and the physical-to-machine map'],
  ['multicall', 'several hypercalls in one'],
  ['update_va_mapping', 'a page-table write with a TLB flush'],
  ['set_timer_op', 'the one-shot timer (local APIC timer, PIT)'],
  ['event_channel_op_compat', 'interrupts, in the old form'],
  ['xen_version', 'what the hypervisor offers'],
  ['console_io', 'the console'],
  ['physdev_op_compat', 'physical devices, in the old form'],
  ['grant_table_op', 'sharing and transferring memory'],
  ['vm_assist', '4 GB segments, writable page tables, PAE CR3 and other assists of the domain'],
  ['update_va_mapping_otherdomain', 'a page-table write that maps memory of another domain'],
  ['iret', 'IRET from kernel to user mode'],
  ['vcpu_op', 'bringing CPUs up and down, timers and registered areas of a vCPU'],
  ['set_segment_base', 'FS and GS bases (WRMSR, SWAPGS)'],
  [
    'mmuext_op',
    'MOV to CR3 (MMUEXT_NEW_BASEPTR), pinning of page tables, TLB flushes (INVLPG), LLDT and WBINVD',
  ],
  ['xsm_op', 'security policy'],
  ['nmi_op', 'the NMI handler'],
  ['sched_op', 'HLT, yielding, polling and shutdown'],
  ['callback_op', 'the entry points of events, failsafe, NMI, SYSCALL and SYSENTER'],
  ['event_channel_op', 'interrupts and inter-processor interrupts (local APIC, IO-APIC)'],
  [
    'physdev_op',
    'IOPL and the I/O bitmap, PIRQs and MSIs, and the registers of the IO-APIC for dom0',
  ],
  ['hvm_op', 'parameters of HVM domains'],
  ['sysctl', 'control of the machine'],
  ['domctl', 'control of domains'],
  ['kexec_op', 'loading and starting another kernel'],
  ['argo_op', 'messages between domains'],
  ['xenoprof_op', 'performance counters, in the old form'],
  ['xenpmu_op', 'performance counters (RDPMC, RDMSR, WRMSR)'],
  ['dm_op', 'device models'],
  ['hypfs_op', 'the file system of hypervisor parameters'],
  ['mca', 'machine checks'],
  ['paging_domctl_cont', 'the continuation of a paging operation'],
];

const BY_NAME: ReadonlyMap<string, string> = new Map(OPERATIONS);

/** In words; a hypercall that nobody described does what its name says. */
export function operationOf(hypercall: string): string {
  return BY_NAME.get(hypercall) ?? `what HYPERVISOR_${hypercall} does`;
}
