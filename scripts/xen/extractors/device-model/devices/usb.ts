/** USB controllers and devices. */
import { type Device, HVM_MACHINES, onlyWith, passes } from '../device.ts';

const USB = 'tools/libs/light/libxl_usb.c';

export const USB_DEVICES: readonly Device[] = [
  {
    id: 'usb',
    title: 'USB controllers and devices',
    device: 'usb, piix3-usb-uhci, ich9-usb-ehci1, ich9-usb-uhci, nec-usb-xhci',
    option: 'usb=1, usbdevice=[…] or usbversion=N',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes(
      '-usb',
      '-usbdevice',
      '-device piix3-usb-uhci',
      '-device ich9-usb-ehci1',
      '-device ich9-usb-uhci',
      '-device nec-usb-xhci',
    ),
    keys: ['usb', 'usbversion', 'usbdevice'],
    guests: {
      hvm: [
        ...onlyWith([
          { usb: 1 },
          { usbdevice: '[…]' },
          { usbversion: 1 },
          { usbversion: 2 },
          { usbversion: 3 },
        ]),
        ...[{ usb: 1 }, { usbdevice: '[…]' }].map((xl) => ({
          how: 'refused' as const,
          by: 'dom0' as const,
          effect: 'error' as const,
          when: { xl: { ...xl, usbversion: 'N' } },
          note: 'libxl takes either way to name the controller, and not both.',
        })),
      ],
    },
  },
  {
    id: 'usb-redirection',
    title: 'USB devices of a SPICE client',
    device: 'usb-redir',
    option: 'spiceusbredirection=N',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-chardev spicevmc,name=usbredir', '-device usb-redir'),
    keys: ['spiceusbredirection'],
    guests: {
      hvm: onlyWith(
        [{ spice: 1, spiceusbredirection: 'N' }],
        'It brings a USB 2.0 controller unless `usbversion=` names another; libxl refuses it together with `usb=` or `usbdevice=`.',
      ),
    },
  },
  {
    id: 'usb-controller',
    title: 'USB controllers that libxl adds at run time',
    device: 'piix3-usb-uhci, usb-ehci, nec-usb-xhci',
    option: 'usbctrl=[ "type=devicemodel" ]',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes(
      'device_add piix3-usb-uhci',
      'device_add usb-ehci',
      'device_add nec-usb-xhci',
    ),
    keys: ['usbctrl'],
    guests: {
      hvm: onlyWith(
        [{ usbctrl: '[…]' }],
        'The type `auto` means `devicemodel` for an HVM guest; the version is 2 unless it is named.',
      ),
    },
    places: [{ path: USB, symbol: 'libxl__device_usbctrl_setdefault' }],
  },
  {
    id: 'usb-host',
    title: 'USB devices of the host',
    device: 'usb-host',
    option: 'usbdev=[ "type=hostdev" ]',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('device_add usb-host'),
    keys: ['usbdev'],
    guests: {
      hvm: [
        { how: 'absent', note: 'libxl does not ask for it unless the configuration does.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { usbdev: 'type=hostdev' } },
          note: 'QEMU passes the transfers of an emulated controller to the device.',
        },
      ],
      ...Object.fromEntries(
        (['pv', 'pvh', 'pv-shim', 'arm'] as const).map((guest) => [
          guest,
          [
            { how: 'absent', note: 'libxl does not ask for it unless the configuration does.' },
            {
              how: 'paravirtualized',
              by: 'dom0',
              when: { xl: { usbdev: 'type=hostdev' } },
              note: 'Through the PV USB backend of the kernel, when that is loaded; otherwise libxl takes that of QEMU.',
            },
            {
              how: 'paravirtualized',
              by: 'qemu',
              when: { xl: { usbdev: 'type=hostdev', usbctrl: 'type=qusb' } },
              note: 'Through the PV USB backend of QEMU.',
            },
          ],
        ]),
      ),
    },
    places: [{ path: USB, symbol: 'libxl__device_usbctrl_setdefault' }],
  },
];
