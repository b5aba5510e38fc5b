/** What the exits of VMX mean that accesses to memory and to the local APIC cause. */
import { FOLLOWS_IN_REAL_MODE } from './real-mode.ts';
import { NESTED_FAULT_EMULATES, nestedFault, never, type Treatment, trapped } from './treatment.ts';

const WITHOUT_EPT = 'With shadow paging there is no EPT.';

export const VMX_MEMORY: readonly Treatment[] = [
  {
    names: ['EXIT_REASON_TPR_BELOW_THRESHOLD'],
    controls: ['CPU_BASED_TPR_SHADOW'],
    notInRealMode: null,
    handlings: [
      trapped('An interrupt that the task priority held back is injected before the next entry.', {
        feature: ['tpr-shadow', '!apicv'],
        guest: ['event-pending'],
      }),
      never('Nothing waits for the guest, so that there is no threshold.', {
        guest: ['!event-pending'],
      }),
      never('Without a TPR shadow there is no threshold.', { feature: ['!tpr-shadow'] }),
      never('With virtual interrupt delivery there is no threshold.', { feature: ['apicv'] }),
    ],
  },
  {
    names: ['EXIT_REASON_APIC_ACCESS'],
    controls: ['SECONDARY_EXEC_VIRTUALIZE_APIC_ACCESSES'],
    emulates: 'the access is anything but a write of EOI',
    handlings: [
      trapped('A write of EOI is decoded by the hardware; other accesses run in the emulator.', {
        feature: ['apic-access-page', '!apicv'],
        guest: ['xapic-mode'],
      }),
      trapped('Only accesses that the virtual APIC page does not serve exit.', {
        feature: ['apic-access-page', 'apicv'],
        guest: ['xapic-mode'],
      }),
      trapped(
        'The page is in place in x2APIC mode as well, as the CPU does not virtualize that mode; nothing serves an access.',
        { feature: ['apic-access-page', '!apicv'], guest: ['x2apic-mode'] },
      ),
      never('In x2APIC mode, which the CPU virtualizes, the page is off.', {
        feature: ['apicv'],
        guest: ['x2apic-mode'],
      }),
      never('Without the page the exit does not occur.', { feature: ['!apic-access-page'] }),
      never('With the local APIC disabled the page is off.', { guest: ['apic-disabled'] }),
    ],
  },
  {
    names: ['EXIT_REASON_EOI_INDUCED'],
    controls: ['SECONDARY_EXEC_VIRTUAL_INTR_DELIVERY'],
    notInRealMode: FOLLOWS_IN_REAL_MODE,
    handlings: [
      trapped('For vectors in the EOI exit bitmap, such as level-triggered ones.', {
        feature: ['apicv'],
      }),
      never('Without virtual interrupt delivery the exit does not occur.', { feature: ['!apicv'] }),
    ],
  },
  {
    names: ['EXIT_REASON_APIC_WRITE'],
    controls: ['SECONDARY_EXEC_APIC_REGISTER_VIRT'],
    notInRealMode: FOLLOWS_IN_REAL_MODE,
    handlings: [
      trapped('The hardware has written the register; Xen does what follows from it.', {
        feature: ['apicv'],
      }),
      never('Without APIC-register virtualization the exit does not occur.', {
        feature: ['!apicv'],
      }),
    ],
  },
  {
    names: ['EXIT_REASON_EPT_VIOLATION'],
    controls: ['SECONDARY_EXEC_ENABLE_EPT'],
    emulates: NESTED_FAULT_EMULATES,
    handlings: nestedFault(WITHOUT_EPT),
  },
  {
    names: ['EXIT_REASON_EPT_MISCONFIG'],
    controls: ['SECONDARY_EXEC_ENABLE_EPT'],
    handlings: [
      trapped(
        'Xen resolves the entry that it marked to be recalculated. Another one is an unexpected exit: #UD in user mode, and a crash of the domain in kernel mode.',
        { paging: 'hap' },
      ),
      never(WITHOUT_EPT, { paging: 'shadow' }),
    ],
  },
  {
    names: ['EXIT_REASON_PML_FULL'],
    controls: ['SECONDARY_EXEC_ENABLE_PML'],
    handlings: [
      trapped('Xen takes the logged pages over.', {
        paging: 'hap',
        feature: ['pml'],
        guest: ['log-dirty'],
      }),
      never('Without log-dirty tracking the log is off.', { guest: ['!log-dirty'] }),
      never('The CPU keeps no log.', { feature: ['!pml'] }),
      never(WITHOUT_EPT, { paging: 'shadow' }),
    ],
  },
];
