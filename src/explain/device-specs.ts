/** The devices of an xl.cfg: each a string of `name=value` pairs, of which disks may leave out the names. */
import type { XlValue } from './xl-parser.ts';

/** Lists of the configuration that hold one device an item. */
export const DEVICE_KEYS = [
  'channel',
  'disk',
  'dtdev',
  'iomem',
  'ioports',
  'irqs',
  'p9',
  'pci',
  'pvcalls',
  'usbctrl',
  'usbdev',
  'vdispl',
  'vfb',
  'vif',
  'virtio',
  'vkb',
  'vsnd',
  'vtpm',
] as const;

export type DeviceKey = (typeof DEVICE_KEYS)[number];

export interface Device {
  /** As written in the list. */
  readonly written: string;
  /** 1-based line of the setting that holds the list. */
  readonly line: number;
  /** What it says by name, libxl’s defaults included; what depends on the host is left out. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Values that libxl gives a part that is left out, where the host has no say. */
const DEFAULT_PARTS: Readonly<Partial<Record<DeviceKey, Readonly<Record<string, string>>>>> = {
  disk: { specification: 'xen', devtype: 'disk' },
  p9: { type: 'qemu' },
  usbdev: { type: 'hostdev' },
  vif: { model: 'rtl8139' },
  vkb: { 'backend-type': 'qemu' },
};

const DISK_FORMATS = /^(raw|qcow2?|vhd|qed|empty)$/;
/** Prefixes of the target that the old syntax had; those of a format set it. */
const DISK_PREFIX = /^(?:(raw|qcow2?|vhd)|iscsi|e?nbd|drbd|tapdisk|tap2?|aio|ioemu|file|phy):(?=.)/;

function namedParts(spec: string): Record<string, string> {
  const parts = spec.split(',').map((part) => part.trim());
  return Object.fromEntries(
    parts
      .filter((part) => part.includes('='))
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        return [name.trim(), value.join('=').trim()];
      }),
  );
}

/** The part that stands at a place without a name: target, format, virtual device, access. */
function positionalPart(word: string, at: number, prefixed: boolean): Record<string, string> {
  if (at === 0) {
    const format = DISK_PREFIX.exec(word)?.[1];
    return { target: word, ...(format === undefined ? {} : { format }) };
  }
  if (at === 1 && !prefixed && DISK_FORMATS.test(word)) return { format: word };
  const place = at - (prefixed ? 1 : 2);
  if (place === 0 || (at === 1 && word.includes(':'))) {
    const [vdev = '', devtype] = word.split(':');
    return { vdev, ...(devtype === undefined ? {} : { devtype }) };
  }
  return place === 1 ? { access: word } : {};
}

/** A disk, whose parts may stand without names in the order target, format, virtual device, access. */
function diskParts(spec: string): Record<string, string> {
  const [before = '', target] = spec.split(/(?:^|,)\s*target=/, 2);
  let parts: Record<string, string> = target === undefined ? {} : { target };
  const prefixed = DISK_PREFIX.test(before.trim());
  let position = target === undefined ? 0 : 1;
  for (const word of before.split(',').map((part) => part.trim())) {
    if (word === 'cdrom') parts = { ...parts, devtype: 'cdrom' };
    else if (word.includes('=')) parts = { ...parts, ...namedParts(word) };
    else if (!/^(no-)?(discard|colo)$|^(un)?trusted$|^direct-io-safe$/.test(word)) {
      parts = { ...parts, ...positionalPart(word, position, prefixed) };
      position += 1;
    }
  }
  return parts;
}

function deviceParts(key: DeviceKey, spec: string): Record<string, string> {
  const own = key === 'disk' ? diskParts(spec) : namedParts(spec);
  const parts = { ...DEFAULT_PARTS[key], ...own };
  // Without a file name as its source a CD-ROM drive of an HVM guest, and a disk in a format of QEMU’s, is QEMU’s.
  const ofQemu = /^(qcow2?|qed)$/.test(parts['format'] ?? '');
  return key === 'disk' && ofQemu ? { backendtype: 'qdisk', ...parts } : parts;
}

function written(item: XlValue): string {
  return typeof item === 'string' ? item : `[${item.map(written).join(', ')}]`;
}

/** The devices of a list. xl reads up to the first item that is not a string, and so does this. */
export function readDevices(key: DeviceKey, items: readonly XlValue[], line: number): Device[] {
  const firstList = items.findIndex((item) => typeof item !== 'string');
  const taken = key === 'vsnd' || firstList < 0 ? items : items.slice(0, firstList);
  return taken.map((item) => {
    const text = written(item);
    return { written: text, line, parts: deviceParts(key, text) };
  });
}

/** Whether the parts of a device hold `name=value`; a value that ends in `*` names a beginning. */
export function deviceSays(device: Device, wanted: string): boolean | undefined {
  const [name = '', value = ''] = wanted.split('=');
  const own = device.parts[name]?.toLowerCase();
  if (own === undefined) return undefined;
  return value.endsWith('*') ? own.startsWith(value.slice(0, -1)) : own === value;
}
