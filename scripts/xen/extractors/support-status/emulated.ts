/** When an HVM guest has a device that the rows about QEMU call emulated, by the qualifier of the row. */
import type { Condition } from '../../../../src/model/condition.ts';
import type { Handling } from '../../../../src/model/handling.ts';

type Handlings = readonly [Omit<Handling, 'evidence'>, ...Omit<Handling, 'evidence'>[]];
type Settings = NonNullable<Condition['xl']>;

const builtIn: Handlings = [{ how: 'emulated', by: 'qemu', note: 'Built into the machine.' }];

/** Not there unless the configuration has one of the settings. */
const asked = (...settings: readonly Settings[]): Handlings => [
  { how: 'absent', note: 'libxl does not ask for it unless the configuration does.' },
  ...settings.map((xl) => ({ how: 'emulated', by: 'qemu', when: { xl } }) as const),
];

/** What decides: what libxl passes to QEMU. */
export const DECIDES = {
  path: 'tools/libs/light/libxl_dm.c',
  symbol: 'libxl__build_device_model_args_new',
} as const;

export const EMULATED: Readonly<Record<string, Handlings>> = {
  piix3: builtIn,
  'piix3 ide': builtIn,
  'ps/2 keyboard': builtIn,
  'ps/2 mouse': builtIn,
  'cirrus-vga': [
    { how: 'emulated', by: 'qemu', note: 'Unless the configuration names another adapter.' },
    ...[{ vga: 'stdvga' }, { stdvga: 1 }, { vga: 'qxl' }, { vga: 'none' }].map(
      (xl) => ({ how: 'absent', when: { xl } }) as const,
    ),
  ],
  stdvga: asked({ vga: 'stdvga' }, { stdvga: 1 }),
  rtl8193: [
    {
      how: 'emulated',
      by: 'qemu',
      when: { xl: { vif: '[…]' } },
      note: 'SUPPORT.md means the RTL8139, the model of a network card unless its `vif` names another.',
    },
    { how: 'absent', when: { xl: { vif: 'type=vif' } }, note: 'The PV device alone.' },
  ],
  e1000: asked({ vif: 'model=e1000' }),
  'virtio-net': asked({ vif: 'model=virtio-net' }),
  ahci: asked({ hdtype: 'ahci' }),
  sb16: asked({ soundhw: 'sb16' }),
  es1370: asked({ soundhw: 'es1370' }),
  ac97: asked({ soundhw: 'ac97' }),
  usbmouse: asked({ usbdevice: 'mouse' }),
  usbtablet: asked({ usbdevice: 'tablet' }),
  'UART 16550A': asked({ serial: '[…]' }),
};
