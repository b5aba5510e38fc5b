/** Network cards. */
import {
  BUILD_ARGUMENTS,
  type Device,
  DM,
  HVM_MACHINES,
  type Offer,
  passes,
  unplugged,
} from '../device.ts';

const NIC = 'tools/libs/light/libxl_nic.c';
const DEFAULT = { path: NIC, symbol: 'libxl__device_nic_setdefault' } as const;

const REFUSED: Offer = [
  { how: 'absent', note: 'libxl refuses `type=ioemu` for a PV or PVH guest.' },
];

export const NETWORK_DEVICES: readonly Device[] = [
  {
    id: 'nic',
    title: 'Emulated network cards',
    device: 'rtl8139',
    option: 'vif=[ "type=ioemu,model=…" ]',
    default: true,
    machines: HVM_MACHINES,
    arguments: passes('-device %s,id=nic', '-netdev type=tap'),
    keys: ['vif'],
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { vif: '[…]' } },
          note: 'One for each `vif`, beside its PV device; the model is rtl8139 unless it names another.',
        },
        { how: 'emulated', by: 'qemu', when: { xl: { vif: 'model=e1000' } }, note: 'An e1000.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { vif: 'model=virtio-net' } },
          note: 'A virtio card, which SUPPORT.md lists.',
        },
        { how: 'absent', when: { xl: { vif: 'type=vif' } }, note: 'The PV device alone.' },
        unplugged('The drivers unplug the card by the Xen platform PCI device.'),
      ],
      pv: REFUSED,
      pvh: REFUSED,
      arm: REFUSED,
    },
    places: [
      { ...DEFAULT, anchor: 'rtl8139' },
      { path: 'SUPPORT.md', symbol: '### x86/Emulated network (QEMU):' },
      { ...DEFAULT, anchor: 'LIBXL_NIC_TYPE_VIF_IOEMU' },
      { ...DEFAULT, anchor: 'ERROR_INVAL' },
    ],
  },
  {
    id: 'nic-none',
    title: 'No network card from QEMU',
    device: '-net none',
    option: null,
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-net none'),
    guests: {
      hvm: [
        {
          how: 'absent',
          note: 'When no `vif` is an emulated one, libxl tells QEMU to create no card.',
        },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { vif: '[…]' } },
          note: 'Unless each `vif` has `type=vif`.',
        },
      ],
    },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'ioemu_nics' }],
  },
  {
    id: 'colo-proxy',
    title: 'Network filters of a COLO pair',
    device: 'filter-mirror, filter-redirector, filter-rewriter, colo-compare',
    option: 'colo in vif=',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes(
      '-object filter-redirector',
      '-object filter-rewriter',
      '-object filter-mirror',
      '-object iothread',
      '-object colo-compare',
    ),
    guests: {
      hvm: [
        { how: 'absent', note: 'The packets are not compared.' },
        { how: 'emulated', by: 'qemu', when: { xl: { vif: 'colo' } } },
      ],
    },
  },
];
