/** What libxl 4.22 sets where xl.cfg is silent and the host has no say. */
import type { Architecture, GuestKind, XlScalar } from './xl-types.ts';

type Defaults = Readonly<Record<string, XlScalar>>;

const ALL: Defaults = {
  altp2m: 'disabled',
  device_model_version: 'qemu-xen',
  dm_restrict: false,
  driver_domain: false,
  msr_relaxed: false,
  on_soft_reset: 'soft-reset',
  passthrough: 'default',
  tsc_mode: 'default',
  vcpus: 1,
  vpmu: false,
};

const NOT_PV: Defaults = { apic: true, nestedhvm: false, timer_mode: 'no_delay_for_missed_ticks' };

const HVM: Defaults = {
  acpi: true,
  acpi_laptop_slate: false,
  acpi_s3: true,
  acpi_s4: true,
  bios: 'seabios',
  boot: 'cda',
  device_model_stubdomain_override: false,
  gfx_passthru: false,
  hdtype: 'ide',
  hpet: true,
  hvm_pirq: false,
  mca_caps: [],
  nographic: false,
  nx: true,
  pae: true,
  sdl: false,
  spice: false,
  spicevdagent: false,
  usb: false,
  vga: 'cirrus',
  viridian: [],
  vkb_device: true,
  vnc: true,
  vpt_align: true,
  xen_platform_pci: true,
  xen_platform_pci_bar_uc: true,
};

const ARM: Defaults = {
  acpi: false,
  gic_version: 'default',
  sve: 'disabled',
  tee: 'none',
  trap_unmapped_accesses: true,
};

/** By key; keys that are not read for such a guest are not there. */
export function defaultsOf(kind: GuestKind, architecture: Architecture): Defaults {
  if (architecture === 'arm') return { ...ALL, ...ARM };
  if (kind === 'pv') return { ...ALL, e820_host: false };
  return { ...ALL, acpi: true, ...NOT_PV, ...(kind === 'hvm' ? HVM : { pvshim: false }) };
}
