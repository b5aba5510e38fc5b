/** Settings and devices that xl and libxl make of others. */
import type { Device, DeviceKey } from './device-specs.ts';
import type { Decided, GuestKind } from './xl-types.ts';

type Values = Map<string, Decided>;
type Devices = Map<DeviceKey, readonly Device[]>;

/** `firmware` of an HVM guest names its BIOS, or the kind of it, or a file; letters that are left out do not count. */
function biosOf(firmware: string): string | undefined {
  const named = ['rombios', 'seabios', 'ovmf'].find((bios) => bios === firmware.toLowerCase());
  if (named !== undefined) return named;
  return 'uefi'.startsWith(firmware) ? 'ovmf' : undefined;
}

function deriveHvmValues(values: Values): void {
  const firmware = values.get('firmware');
  const bios = typeof firmware?.value === 'string' ? biosOf(firmware.value) : undefined;
  if (bios !== undefined) values.set('bios', { key: 'bios', value: bios, line: firmware?.line });
  const standard = values.get('stdvga');
  if (values.get('vga')?.line === undefined && standard !== undefined) {
    const value = standard.value === 0 ? 'cirrus' : 'stdvga';
    values.set('vga', { key: 'vga', value, line: standard.line });
  }
  // xl takes a kernel of this name for the firmware of old configurations, and ignores it.
  const kernel = values.get('kernel')?.value;
  if (typeof kernel === 'string' && /(^|\/)hvmloader$/.test(kernel)) values.delete('kernel');
}

/** Changes values to what others imply. */
export function deriveValues(values: Values, devices: Devices, kind: GuestKind): void {
  if (kind === 'hvm') deriveHvmValues(values);
  const pci = devices.get('pci')?.[0];
  // xl gives a PV guest with an assigned device the memory map of the host.
  if (kind === 'pv' && pci !== undefined) {
    values.set('e820_host', { key: 'e820_host', value: true, line: pci.line });
  }
}

/** A network card with the type that libxl gives it; one that is only paravirtualized has no model. */
function networkCard(card: Device, kind: GuestKind): Device {
  const parts = { type: kind === 'hvm' ? 'ioemu' : 'vif', ...card.parts };
  return { ...card, parts: parts.type === 'vif' ? { ...parts, model: 'none' } : parts };
}

/** A disk; QEMU serves a CD-ROM drive of an HVM guest unless the file says otherwise. */
function disk(device: Device, kind: GuestKind): Device {
  const isDrive = kind === 'hvm' && device.parts['devtype'] === 'cdrom';
  return isDrive ? { ...device, parts: { backendtype: 'qdisk', ...device.parts } } : device;
}

/** A USB controller; for PV and PVH guests the host decides between two backends. */
function controller(device: Device, kind: GuestKind): Device {
  const { type, ...others } = device.parts;
  if (type !== undefined && type !== 'auto') return device;
  return { ...device, parts: kind === 'hvm' ? { ...others, type: 'devicemodel' } : others };
}

function change(
  devices: Devices,
  key: DeviceKey,
  make: (device: Device, kind: GuestKind) => Device,
  kind: GuestKind,
): void {
  const list = devices.get(key);
  if (list === undefined) return;
  devices.set(
    key,
    list.map((device) => make(device, kind)),
  );
}

/** Changes the devices to what libxl makes of them, and adds those that it adds by itself. */
export function deriveDevices(devices: Devices, values: Values, kind: GuestKind): void {
  const [usb] = devices.get('usbdev') ?? [];
  if (usb !== undefined && (devices.get('usbctrl') ?? []).length === 0) {
    devices.set('usbctrl', [{ written: 'for usbdev', line: usb.line, parts: {} }]);
  }
  const vnc = values.get('vnc');
  if (kind === 'pv' && vnc?.value === true && (devices.get('vfb') ?? []).length === 0) {
    devices.set('vfb', [{ written: 'vnc=1', line: vnc.line ?? 1, parts: { vnc: '1' } }]);
  }
  change(devices, 'vif', networkCard, kind);
  change(devices, 'disk', disk, kind);
  change(devices, 'usbctrl', controller, kind);
}
