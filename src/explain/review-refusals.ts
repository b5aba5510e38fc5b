/** Configurations that xl or libxl 4.22 refuses, whatever the host. */
import { type Configuration, devicesOf, flagOf, numberOf, textOf } from './configuration.ts';
import type { XlProblem } from './xl-problem.ts';

interface Rule {
  /** The keys that are to blame: the line is that of the last one that the file sets. */
  readonly keys: readonly string[];
  readonly applies: (configuration: Configuration) => boolean;
  readonly actual: string;
  readonly expected: string;
}

const isX86 = ({ architecture }: Configuration) => architecture === 'x86';
const isHvm = ({ kind }: Configuration) => kind === 'hvm';
const hasKey = (key: string) => (configuration: Configuration) =>
  configuration.written.some((setting) => setting.key === key);

function assigns(configuration: Configuration): boolean {
  return devicesOf(configuration, 'pci').length + devicesOf(configuration, 'dtdev').length > 0;
}

/** Whether the IOMMU is asked for, by itself or by an assigned device. */
function passesThrough(configuration: Configuration): boolean {
  const passthrough = textOf(configuration, 'passthrough');
  return passthrough === 'default' ? assigns(configuration) : passthrough !== 'disabled';
}

function populatesLater(configuration: Configuration): boolean {
  const memory = numberOf(configuration, 'memory');
  const maximum = numberOf(configuration, 'maxmem');
  const later = memory !== undefined && maximum !== undefined && memory < maximum;
  return later && configuration.kind !== 'pv';
}

function hasViews(configuration: Configuration): boolean {
  const views =
    textOf(configuration, 'altp2m') !== 'disabled' || flagOf(configuration, 'altp2mhvm');
  return views && configuration.kind !== 'pv';
}

const hasHap = ({ values }: Configuration) => values.get('hap')?.value !== false;

function lacksBase({ values }: Configuration): boolean {
  const groups = values.get('viridian')?.value;
  return Array.isArray(groups) && groups.length > 0 && !groups.includes('base');
}

const RULES: readonly Rule[] = [
  {
    keys: [],
    applies: (configuration) => !hasKey('name')(configuration),
    actual: 'no `name`',
    expected: 'a name for the guest',
  },
  {
    keys: ['type'],
    applies: (configuration) =>
      !isHvm(configuration) &&
      !['kernel', 'bootloader', 'firmware'].some((key) => hasKey(key)(configuration)),
    actual: 'neither `kernel` nor `bootloader`',
    expected: 'what a PV or PVH guest boots',
  },
  {
    keys: ['kernel', 'firmware'],
    applies: (configuration) =>
      !isHvm(configuration) && hasKey('kernel')(configuration) && hasKey('firmware')(configuration),
    actual: '`kernel` and `firmware` together',
    expected: 'one of them for a PV or PVH guest',
  },
  {
    keys: ['firmware'],
    applies: (configuration) => {
      const firmware = textOf(configuration, 'firmware');
      const names = ['pvgrub32', 'pvgrub64'];
      return (
        !isHvm(configuration) &&
        firmware !== undefined &&
        !names.some((name) => name.startsWith(firmware))
      );
    },
    actual: 'another firmware',
    expected: '`pvgrub32` or `pvgrub64` for a PV or PVH guest',
  },
  {
    keys: ['ramdisk', 'cmdline', 'extra', 'root'],
    applies: (configuration) =>
      isHvm(configuration) &&
      !hasKey('kernel')(configuration) &&
      ['ramdisk', 'cmdline', 'extra', 'root'].some((key) => hasKey(key)(configuration)),
    actual: 'a RAM disk or a command line without `kernel`',
    expected: '`kernel` as well, for direct boot of an HVM guest',
  },
  {
    keys: ['bios', 'firmware'],
    applies: (configuration) => isHvm(configuration) && textOf(configuration, 'bios') === 'rombios',
    actual: '`rombios`',
    expected: '`seabios` or `ovmf`: qemu-xen has no ROMBIOS',
  },
  {
    keys: ['passthrough', 'pci'],
    applies: (configuration) =>
      isX86(configuration) && configuration.kind === 'pvh' && passesThrough(configuration),
    actual: 'passthrough for a PVH guest',
    expected: 'none: libxl does not support it on x86',
  },
  {
    keys: ['passthrough', 'pci', 'dtdev'],
    applies: (configuration) =>
      textOf(configuration, 'passthrough') === 'disabled' && assigns(configuration),
    actual: 'an assigned device with `passthrough="disabled"`',
    expected: 'one of the two',
  },
  {
    keys: ['passthrough'],
    applies: (configuration) =>
      textOf(configuration, 'passthrough') === 'share_pt' &&
      isX86(configuration) &&
      (configuration.kind === 'pv' || !hasHap(configuration)),
    actual: '`passthrough="share_pt"` without HAP',
    expected: '`sync_pt`: only page tables of HAP are shared with the IOMMU',
  },
  {
    keys: ['maxmem', 'memory'],
    applies: (configuration) => populatesLater(configuration) && passesThrough(configuration),
    actual: 'passthrough with `memory` below `maxmem`',
    expected: 'both equal: no populate-on-demand with an IOMMU',
  },
  {
    keys: ['altp2m', 'altp2mhvm', 'nestedhvm'],
    applies: (configuration) => hasViews(configuration) && flagOf(configuration, 'nestedhvm'),
    actual: '`nestedhvm` with `altp2m`',
    expected: 'one of the two',
  },
  {
    keys: ['altp2m', 'altp2mhvm', 'maxmem'],
    applies: (configuration) => hasViews(configuration) && populatesLater(configuration),
    actual: '`altp2m` with `memory` below `maxmem`',
    expected: 'both equal: no populate-on-demand with altp2m',
  },
  {
    keys: ['nestedhvm', 'hap'],
    applies: (configuration) => flagOf(configuration, 'nestedhvm') && !hasHap(configuration),
    actual: '`nestedhvm` without HAP',
    expected: '`hap=1`: Xen refuses nested virtualization with shadow paging',
  },
  {
    keys: ['usbversion', 'usb', 'usbdevice'],
    applies: (configuration) =>
      isHvm(configuration) &&
      (numberOf(configuration, 'usbversion') ?? 0) !== 0 &&
      (flagOf(configuration, 'usb') || hasKey('usbdevice')(configuration)),
    actual: '`usbversion` with `usb` or `usbdevice`',
    expected: 'one way to give the guest USB',
  },
  {
    keys: ['vif'],
    applies: (configuration) =>
      !isHvm(configuration) &&
      devicesOf(configuration, 'vif').some(({ parts }) => parts['type'] === 'ioemu'),
    actual: 'an emulated network card for a PV or PVH guest',
    expected: '`type=vif`, which is the default',
  },
  {
    keys: ['viridian'],
    applies: (configuration) => isHvm(configuration) && lacksBase(configuration),
    actual: 'Viridian groups without `base`',
    expected: '`base` or `defaults` in the list',
  },
  {
    keys: ['tsc_mode'],
    applies: (configuration) =>
      isX86(configuration) && textOf(configuration, 'tsc_mode') === 'native_paravirt',
    actual: '`tsc_mode="native_paravirt"`',
    expected: 'another mode: this one has been removed',
  },
  {
    keys: ['timer_mode'],
    applies: (configuration) => configuration.kind === 'pv' && hasKey('timer_mode')(configuration),
    actual: '`timer_mode` for a PV guest',
    expected: 'it for PVH and HVM guests only',
  },
  {
    keys: ['trap_unmapped_accesses'],
    applies: (configuration) =>
      isX86(configuration) && flagOf(configuration, 'trap_unmapped_accesses'),
    actual: '`trap_unmapped_accesses=1` on x86',
    expected: 'it on Arm only',
  },
  {
    keys: ['maxvcpus', 'vcpus'],
    applies: (configuration) => {
      const maximum = numberOf(configuration, 'maxvcpus') ?? 0;
      return maximum !== 0 && maximum < (numberOf(configuration, 'vcpus') ?? 1);
    },
    actual: '`maxvcpus` below `vcpus`',
    expected: 'at least as many',
  },
];

/** What xl or libxl refuses of a configuration whose values are read. */
export function reviewRefusals(configuration: Configuration): XlProblem[] {
  return RULES.filter(({ applies }) => applies(configuration)).map(({ keys, actual, expected }) => {
    const lines = configuration.written
      .filter(({ key }) => keys.includes(key))
      .map(({ line }) => line);
    return {
      kind: 'xl-refused',
      severity: 'error',
      line: lines.length === 0 ? undefined : Math.max(...lines),
      actual,
      expected,
    };
  });
}
