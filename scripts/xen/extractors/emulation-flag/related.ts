/** Options about the device of a flag, most of which leave the flag as it is. */
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { AuthoredPlace } from '../../authored.ts';

type RelatedOption = FactOf<'emulation-flag'>['attributes']['related'][number];

export interface Related extends RelatedOption {
  /** Where the option is read, one place for each span of releases. */
  readonly evidence: readonly AuthoredPlace[];
}

/** The place of an option in a release. Throws when the spans leave the release out: that is a bug of the table. */
export function placeOf({ option, evidence }: Related, release: string): AuthoredPlace {
  const place = evidence.find((one) => isInSpan(one, release));
  if (place === undefined) throw new Error(`No place of \`${option}\` in ${release}`);
  const { since: _since, until: _until, ...where } = place;
  return where;
}

function inLibxl(file: string, symbol: string, anchor: string): AuthoredPlace {
  return { path: `tools/libs/light/${file}`, symbol, anchor };
}

function xl(option: string, effect: string, evidence: Related['evidence']): Related {
  return { option, where: 'xl.cfg', changesFlag: false, effect, evidence };
}

/** A parameter that libxl sets at creation. */
function parameter(anchor: string): AuthoredPlace[] {
  const symbol = 'hvm_set_conf_params';
  return [
    { ...inLibxl('libxl_x86.c', symbol, anchor), since: '4.14' },
    { ...inLibxl('libxl_dom.c', symbol, anchor), until: '4.14' },
  ];
}

/** The policies by which ticks that a vCPU missed are delivered. */
export const TICKS: readonly Related[] = [
  xl(
    'timer_mode=',
    'Chooses how ticks that a vCPU missed are delivered, for HVM and PVH.',
    parameter('HVM_PARAM_TIMER_MODE'),
  ),
  xl('vpt_align=', 'Aligns periodic timers, for HVM.', parameter('HVM_PARAM_VPT_ALIGN')),
];

export const APIC_TABLES = xl(
  'apic=',
  'Decides whether a guest with one vCPU gets the tables that describe its APICs.',
  [inLibxl('libxl_dom.c', 'hvm_build_set_params', 'apic_mode')],
);

export const HPET_ENABLED = xl(
  'hpet=',
  'Disables the device for HVM: reads give all ones.',
  parameter('HVM_PARAM_HPET_ENABLED'),
);

export const ACPI_TABLES = xl(
  'acpi=',
  'Decides whether an HVM guest gets ACPI tables, and with them the ports of version 1.',
  [inLibxl('libxl_dm.c', 'libxl__build_device_model_args_new', 'libxl__acpi_defbool_val')],
);

export const VGA_KIND = xl('vga=', 'Chooses the adapter that QEMU emulates, or none.', [
  inLibxl('libxl_dm.c', 'libxl__build_device_model_args_new', 'vga.kind'),
]);

const SETUP = 'xen/arch/x86/setup.c';

export const DOM0_PVH: Related = {
  option: 'dom0=pvh',
  where: 'command line',
  changesFlag: true,
  effect: 'Makes dom0 a PVH domain, for which Xen chooses the local APIC, the I/O APIC and vPCI.',
  evidence: [
    { path: SETUP, symbol: 'create_dom0', anchor: 'opt_dom0_pvh', since: '4.14' },
    { path: SETUP, symbol: '__start_xen', anchor: 'opt_dom0_pvh', until: '4.14' },
  ],
};
