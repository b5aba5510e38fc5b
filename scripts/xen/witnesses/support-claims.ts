/** Statements of SUPPORT.md that code can confirm or deny, each with where the code would be. */
import type { TreeEvidence } from '../../../src/model/evidence.ts';

type Place = Pick<TreeEvidence, 'path' | 'symbol' | 'anchor'>;

export interface Claim {
  readonly subject: string;
  /** Heading and line of SUPPORT.md; a release without them makes no such claim. */
  readonly support: { readonly symbol: string; readonly anchor?: string };
  readonly says: string;
  /** Any of them is the code. */
  readonly code: readonly [Place, ...Place[]];
  /** Whether the claim is that the code is there; the opposite when false. */
  readonly there: boolean;
  /** What the code says when it is not as claimed, and where. */
  readonly found: { readonly says: string; readonly at?: Place };
  readonly reading?: string;
}

const LIBXL = 'tools/libs/light/';
const X86 = 'xen/arch/x86/';
const ARM = 'xen/arch/arm/';
const COMMON = 'xen/common/';
const UART = 'xen/drivers/char/';
const IOMMU = 'xen/drivers/passthrough/';
const NETWORK_PAGE = 'docs/man/xl-network-configuration.5.pod.in';
const DM = { path: `${LIBXL}libxl_dm.c`, symbol: 'libxl__build_device_model_args_new' } as const;

/** A feature that is stated, and the code that it needs. */
function has(heading: string, anchor: string | null, ...code: readonly [Place, ...Place[]]): Claim {
  const name = heading.replace(/^#+ |:$/g, '');
  return {
    subject: anchor === null ? name : `${name}: ${anchor.replace(/^Status, /, '')}`,
    support: anchor === null ? { symbol: heading } : { symbol: heading, anchor },
    says: 'states its status',
    code,
    there: true,
    found: { says: 'has no code for it' },
  };
}

export const CLAIMS: readonly Claim[] = [
  {
    subject: 'PVCalls backend in xl',
    support: { symbol: '### PVCalls (backend)', anchor: 'xl support' },
    says: 'xl does not support it',
    code: [{ path: 'tools/xl/xl_parse.c', anchor: 'config, "pvcalls"' }],
    there: false,
    found: { says: 'xl reads the key `pvcalls` and libxl adds the device' },
  },
  {
    subject: 'PCI passthrough from a PVH dom0',
    support: { symbol: '### x86/PVH', anchor: 'PCI Passthrough' },
    says: 'a PVH dom0 cannot pass PCI devices to any guest',
    code: [{ path: `${LIBXL}libxl_pci.c`, anchor: 'libxl__arch_hvm_map_gsi' }],
    there: false,
    found: { says: 'libxl maps the interrupts of a device by their GSI when dom0 is PVH' },
    reading: 'The code has a way for it; that it is complete or supported is not said anywhere.',
  },
  {
    subject: 'Network card that QEMU emulates by default',
    support: { symbol: '### x86/Emulated network (QEMU):', anchor: 'rtl8193' },
    says: 'the supported model is rtl8193',
    code: [{ path: `${LIBXL}libxl_nic.c`, anchor: 'rtl8193' }],
    there: true,
    found: {
      says: 'the model is rtl8139',
      at: {
        path: `${LIBXL}libxl_nic.c`,
        symbol: 'libxl__device_nic_setdefault',
        anchor: 'rtl8139',
      },
    },
    reading: 'Two digits are exchanged in SUPPORT.md.',
  },
  {
    subject: 'Alternative p2m on Arm',
    support: { symbol: '### Alternative p2m', anchor: 'Status, ARM' },
    says: 'Tech Preview on Arm',
    code: [
      { path: `${ARM}altp2m.c`, symbol: 'altp2m_init' },
      { path: `${ARM}p2m.c`, anchor: 'altp2m' },
      { path: `${ARM}mmu/p2m.c`, anchor: 'altp2m' },
    ],
    there: true,
    found: {
      says: 'Arm has no alternative p2m: the index must be zero',
      at: { path: `${ARM}mem_access.c`, symbol: 'p2m_get_mem_access', anchor: 'altp2m_idx' },
    },
  },
  has('### x86/Emulated network (QEMU):', 'Status, e1000', { path: NETWORK_PAGE, anchor: 'e1000' }),
  has('### x86/Emulated storage (QEMU):', 'Status, ahci', { ...DM, anchor: 'ahci' }),
  has('### x86/Emulated graphics (QEMU):', 'Status, cirrus-vga', { ...DM, anchor: 'cirrus-vga' }),
  has('### x86/Emulated graphics (QEMU):', 'Status, stdvga', { ...DM, anchor: 'VGA' }),
  has('### x86/Host USB passthrough (QEMU):', null, {
    path: `${LIBXL}libxl_usb.c`,
    symbol: 'libxl__device_usbdev_add_hvm',
  }),
  has('### Device Model Deprivileging', null, { ...DM, anchor: '-xen-domid-restrict' }),
  has('### Linux device model stubdomains', null, {
    path: DM.path,
    symbol: 'libxl__spawn_stub_dm',
  }),
  has('### vPMU', 'Status, ARM', { path: 'tools/xl/xl_parse.c', anchor: 'config, "vpmu"' }),
  has('### Remus Fault Tolerance', null, {
    path: `${LIBXL}libxl_remus.c`,
    symbol: 'libxl__remus_setup',
  }),
  has('### COLO Manager', null, {
    path: `${LIBXL}libxl_colo_save.c`,
    symbol: 'libxl__colo_save_setup',
  }),
  has(
    '### gdbsx',
    null,
    { path: `${X86}gdbsx.c`, symbol: 'gdbsx_guest_mem_io' },
    { path: `${X86}debug.c`, anchor: 'gdbsx' },
  ),
  has('### Memory Sharing', null, { path: `${X86}mm/mem_sharing.c`, symbol: 'mem_sharing_memop' }),
  has('### Memory Paging', null, { path: `${X86}mm/mem_paging.c`, symbol: 'mem_paging_memop' }),
  has('### Populate-on-demand memory', null, {
    path: `${X86}mm/p2m-pod.c`,
    symbol: 'p2m_pod_demand_populate',
  }),
  has(
    '### Alternative p2m',
    'Status, x86 HVM',
    { path: `${X86}mm/altp2m.c`, anchor: 'altp2m' },
    { path: `${X86}mm/p2m.c`, anchor: 'altp2m' },
  ),
  has('### Cache coloring', null, {
    path: `${COMMON}llc-coloring.c`,
    anchor: 'llc_coloring_enabled',
  }),
  has('### Core Scheduling', null, { path: `${COMMON}sched/core.c`, anchor: 'SCHED_GRAN_core' }),
  has('### Credit Scheduler', null, {
    path: `${COMMON}sched/credit.c`,
    anchor: 'REGISTER_SCHEDULER',
  }),
  has('### Credit2 Scheduler', null, {
    path: `${COMMON}sched/credit2.c`,
    anchor: 'REGISTER_SCHEDULER',
  }),
  has('### RTDS based Scheduler', null, {
    path: `${COMMON}sched/rt.c`,
    anchor: 'REGISTER_SCHEDULER',
  }),
  has('### ARINC653 Scheduler', null, {
    path: `${COMMON}sched/arinc653.c`,
    anchor: 'REGISTER_SCHEDULER',
  }),
  has('### Null Scheduler', null, { path: `${COMMON}sched/null.c`, anchor: 'REGISTER_SCHEDULER' }),
  has('### Live Patching', null, { path: `${COMMON}livepatch.c`, symbol: 'livepatch_op' }),
  has('### Argo: Inter-domain message delivery by hypercall', null, {
    path: `${COMMON}argo.c`,
    symbol: 'do_argo_op',
  }),
  has('### Processor trace support', null, {
    path: `${X86}hvm/vmx/vmx.c`,
    anchor: 'vmtrace_control',
  }),
  has('### x86/Nested HVM', null, {
    path: `${X86}hvm/nestedhvm.c`,
    symbol: 'nestedhvm_vcpu_initialise',
  }),
  has('### x86/vMCE', null, { path: `${X86}cpu/mcheck/vmce.c`, symbol: 'vmce_rdmsr' }),
  has('### SILO XSM Module', null, { path: 'xen/xsm/silo.c', anchor: 'silo_xsm_ops' }),
  has('### FLASK XSM Module', null, { path: 'xen/xsm/flask/hooks.c', anchor: 'flask_ops' }),
  has('### IOMMU', 'Status, ARM SMMUv3', {
    path: `${IOMMU}arm/smmu-v3.c`,
    anchor: 'arm_smmu_device',
  }),
  has('### IOMMU', 'Status, Renesas IPMMU-VMSA', {
    path: `${IOMMU}arm/ipmmu-vmsa.c`,
    anchor: 'ipmmu',
  }),
  has('### ARM/GICv3 ITS', null, {
    path: `${ARM}vgic-v3-its.c`,
    anchor: 'vgic_v3_its_init_domain',
  }),
  has('### Arm: OP-TEE Mediator', null, { path: `${ARM}tee/optee.c`, anchor: 'optee' }),
  has('### Arm: SCMI over SMC calls forwarding to EL3 Firmware', null, {
    path: `${ARM}firmware/scmi-smc.c`,
    anchor: 'scmi',
  }),
  has('### Host serial console', 'Status, EHCI', {
    path: `${UART}ehci-dbgp.c`,
    anchor: 'ehci_dbgp',
  }),
  has('### Host serial console', 'Status, Cadence UART (ARM)', {
    path: `${UART}cadence-uart.c`,
    anchor: 'cuart',
  }),
  has('### Host serial console', 'Status, Exynos 4210 UART (ARM)', {
    path: `${UART}exynos4210-uart.c`,
    anchor: 'exynos4210',
  }),
  has('### Host serial console', 'Status, OMAP UART (ARM)', {
    path: `${UART}omap-uart.c`,
    anchor: 'omap_uart',
  }),
  has('### Host serial console', 'Status, SCI(F) UART', {
    path: `${UART}scif-uart.c`,
    anchor: 'scif_uart',
  }),
  has('### Blkback', 'Status, Blktap2, raw format', {
    path: `${LIBXL}libxl_device.c`,
    anchor: 'LIBXL_DISK_BACKEND_TAP',
  }),
  has('### PV 9pfs (backend)', 'Status, xen-9pfsd', {
    path: `${LIBXL}libxl_9pfs.c`,
    anchor: 'LIBXL_P9_TYPE_XEN_9PFSD',
  }),
];
