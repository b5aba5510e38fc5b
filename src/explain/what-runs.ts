/** What runs beside the guest that libxl builds: QEMU and in which part, ioreq servers, who maps its memory. */
import type { Truth } from '../model/condition-truth.ts';
import { type Configuration, devicesOf, flagOf } from './configuration.ts';
import type { Device, DeviceKey } from './device-specs.ts';
import { settingReason } from './known-states.ts';
import type { Reason } from './reason.ts';

/** One statement about what runs. `unknown`: the host decides. */
export interface Running {
  readonly subject: (typeof SUBJECTS)[number];
  readonly truth: Truth;
  /** One or more sentences. */
  readonly words: string;
  readonly because: readonly Reason[];
}

export const SUBJECTS = [
  'QEMU as a device model',
  'QEMU as a backend',
  'Ioreq servers',
  'Stub domain',
  'Foreign maps',
  'PV shim',
] as const;

/** Whether QEMU serves a device as its backend. */
function servedByQemu(key: DeviceKey, { parts }: Device): Truth {
  const type = parts['type'];
  const backend = parts['backendtype'];
  switch (key) {
    case 'vfb':
    case 'channel':
      return 'yes';
    case 'disk':
      if (parts['specification'] === 'virtio') return 'no';
      return backend === undefined ? 'unknown' : backend === 'qdisk' ? 'yes' : 'no';
    case 'p9':
      return type === 'qemu' ? 'yes' : 'no';
    case 'usbctrl':
      return type === undefined ? 'unknown' : type === 'qusb' ? 'yes' : 'no';
    default:
      return 'no';
  }
}

const BACKENDS = ['vfb', 'channel', 'disk', 'p9', 'usbctrl'] as const satisfies DeviceKey[];

const UNKNOWN_WORDS: Readonly<Partial<Record<DeviceKey, string>>> = {
  disk: 'libxl chooses between a kernel backend, for a block device, and QEMU, for a file',
  usbctrl: 'libxl chooses QEMU where dom0’s kernel has no backend for USB',
};

/** A backend in another domain than dom0 is not libxl’s to start. */
function isLocal({ parts }: Device): boolean {
  const backend = parts['backend'];
  return backend === undefined || backend === '' || backend === '0' || backend === 'Domain-0';
}

function qemuAsBackend(configuration: Configuration): Running {
  const subject = 'QEMU as a backend';
  const served = BACKENDS.flatMap((key) =>
    devicesOf(configuration, key)
      .filter(isLocal)
      .map((device) => ({ key, truth: servedByQemu(key, device) })),
  );
  const keysOf = (truth: Truth) => [
    ...new Set(served.filter((one) => one.truth === truth).map(({ key }) => key)),
  ];
  const [certain, open] = [keysOf('yes'), keysOf('unknown')];
  const because = [...new Set([...certain, ...open])].map((key) =>
    settingReason(configuration, key),
  );
  const listed = (keys: readonly string[]) => keys.map((key) => `${key}=`).join(', ');
  if (certain.length > 0) {
    const words =
      configuration.kind === 'hvm'
        ? `The device model serves ${listed(certain)} as a backend too.`
        : `A QEMU of the machine xenpv serves ${listed(certain)}. It emulates nothing.`;
    return { subject, truth: 'yes', words, because };
  }
  if (open.length > 0) {
    const why = open.map((key) => UNKNOWN_WORDS[key]).join('; ');
    return { subject, truth: 'unknown', words: `It depends on the host: ${why}.`, because };
  }
  return { subject, truth: 'no', words: 'No device of the configuration needs one.', because };
}

function qemuAsDeviceModel(configuration: Configuration): Running {
  const subject = 'QEMU as a device model';
  const { kind } = configuration;
  if (kind !== 'hvm' || configuration.architecture === 'arm') {
    const words = 'libxl starts no device model: nothing outside of Xen emulates devices.';
    return { subject, truth: 'no', words, because: [settingReason(configuration, 'type')] };
  }
  const stub = flagOf(configuration, 'device_model_stubdomain_override');
  const restricted = flagOf(configuration, 'dm_restrict');
  const place = stub
    ? 'in a stub domain of its own'
    : restricted
      ? 'in dom0 as a process without privileges'
      : 'in dom0, as a rule as root';
  return {
    subject,
    truth: 'yes',
    words: `QEMU emulates a PC ${place}.`,
    because: ['type', stub ? 'device_model_stubdomain_override' : 'dm_restrict'].map((key) =>
      settingReason(configuration, key),
    ),
  };
}

function stubDomain(configuration: Configuration): Running {
  const subject = 'Stub domain';
  const because = [settingReason(configuration, 'device_model_stubdomain_override')];
  if (!flagOf(configuration, 'device_model_stubdomain_override') || configuration.kind !== 'hvm') {
    return { subject, truth: 'no', words: 'libxl builds none.', because };
  }
  const words =
    'A PV domain runs the device model, with privilege over this guest only. A second QEMU in dom0 serves the consoles and disks of that domain as a backend.';
  return { subject, truth: 'yes', words, because };
}

function ioreqServers(configuration: Configuration): Running {
  const subject = 'Ioreq servers';
  const because = [settingReason(configuration, 'type')];
  if (configuration.architecture === 'arm') {
    const virtio = devicesOf(configuration, 'virtio').length > 0;
    const disks = devicesOf(configuration, 'disk').some(
      ({ parts }) => parts['specification'] === 'virtio',
    );
    return virtio || disks
      ? {
          subject,
          truth: 'yes',
          words: 'A virtio backend creates one and answers the registers of its devices.',
          because: [settingReason(configuration, virtio ? 'virtio' : 'disk')],
        }
      : { subject, truth: 'no', words: 'No device of the configuration needs one.', because };
  }
  if (configuration.kind === 'hvm') {
    const words =
      'QEMU creates one. Xen sends it each access to a port, an address or a PCI function that it claims, and the vCPU waits for the answer.';
    return { subject, truth: 'yes', words, because };
  }
  const words =
    configuration.kind === 'pv'
      ? 'Xen lets no PV guest have one.'
      : 'Xen would permit them; libxl starts nothing that creates one.';
  return { subject, truth: 'no', words, because };
}

function foreignMaps(configuration: Configuration): Running {
  const hvm = configuration.kind === 'hvm' && configuration.architecture === 'x86';
  const toolstack =
    'The toolstack in dom0 maps guest memory to build the domain, and to save, migrate or inspect it.';
  const stub = flagOf(configuration, 'device_model_stubdomain_override');
  const where = stub ? 'The stub domain' : 'QEMU in dom0';
  const restricted = flagOf(configuration, 'dm_restrict') && !stub;
  const reach = restricted ? ', and has given up access to others' : '';
  return {
    subject: 'Foreign maps',
    truth: 'yes',
    words: hvm
      ? `${toolstack} ${where} maps any page of the guest while it runs, without its consent${reach}.`
      : `${toolstack} Nothing needs to map it while it runs: backends reach what the guest grants.`,
    because: [settingReason(configuration, 'type')],
  };
}

function shim(configuration: Configuration): Running[] {
  if (configuration.guest !== 'pv-shim') return [];
  const words =
    'A Xen inside the PVH container runs the PV kernel; what PV needs of emulation happens there, and the Xen outside sees a PVH guest.';
  return [
    {
      subject: 'PV shim',
      truth: 'yes',
      words,
      because: [settingReason(configuration, 'pvshim')],
    },
  ];
}

/** What runs beside the guest, in a fixed order. */
export function whatRuns(configuration: Configuration): readonly Running[] {
  return [
    qemuAsDeviceModel(configuration),
    qemuAsBackend(configuration),
    ioreqServers(configuration),
    stubDomain(configuration),
    foreignMaps(configuration),
    ...shim(configuration),
  ];
}
