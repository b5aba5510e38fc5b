/** Disks, drives and the controllers that are added for them. */
import {
  BUILD_ARGUMENTS,
  type Device,
  DM,
  HVM_MACHINES,
  type Offered,
  passes,
  unplugged,
} from '../device.ts';

/** libxl names drives and their devices in the way that QEMU 6 wants. */
const MODERN_DRIVES = ['4.15.1', '4.16'] as const;

const NOT_WITHOUT = 'No disk of this kind is configured.';

function readOnly(xl: Readonly<Record<string, string>>, note: string): Offered {
  return {
    how: 'refused',
    by: 'dom0',
    effect: 'error',
    when: { xl: { ...xl, disk: 'access=ro' } },
    note,
  };
}

export const STORAGE_DEVICES: readonly Device[] = [
  {
    id: 'disk-ide',
    title: 'IDE disks',
    device: 'ide-hd',
    option: 'hdtype="ide"',
    default: true,
    machines: HVM_MACHINES,
    arguments: passes('-drive file=%s,if=ide', '-drive if=none,driver=%s,file=%s,id=%s'),
    keys: ['hdtype', 'disk'],
    guests: {
      hvm: [
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { disk: '[…]' } },
          note: 'The disks of the first four indexes, hda to hdd or xvda to xvdd, beside their PV device; those of higher indexes are PV only, and sd* are at the SCSI controller.',
        },
        readOnly({}, 'libxl builds no guest with a read-only disk there, unless it is a CD-ROM.'),
        {
          how: 'absent',
          when: { xl: { disk: '[…]', hdtype: 'ahci' } },
          note: 'The disks are at the AHCI controller.',
        },
        unplugged('The drivers unplug the disks by the Xen platform PCI device.'),
      ],
    },
    places: [
      { path: DM, symbol: 'qemu_disk_ide_drive_string' },
      {
        path: 'tools/libs/light/libxl_create.c',
        symbol: 'libxl__domain_build_info_setdefault',
        anchor: 'LIBXL_HDTYPE_IDE',
      },
    ],
  },
  {
    id: 'disk-ahci',
    title: 'AHCI controller and disks',
    device: 'ahci, ide-hd',
    option: 'hdtype="ahci"',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes('-device ahci', '-device ide-hd', '-drive file=%s,if=none,id=ahcidisk'),
    guests: {
      hvm: [
        { how: 'absent', note: 'The controller is IDE.' },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { hdtype: 'ahci' } },
          note: 'The disks of the first six indexes, hda to hdf or xvda to xvdf; CD-ROM drives stay at the IDE controller, and sd* are at the SCSI controller.',
        },
        readOnly(
          { hdtype: 'ahci' },
          'libxl builds no guest with a read-only disk there, unless it is a CD-ROM.',
        ),
      ],
    },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'LIBXL_HDTYPE_AHCI' }],
  },
  {
    id: 'disk-scsi',
    title: 'SCSI controller and disks',
    device: 'lsi53c895a, scsi-hd',
    option: 'vdev=sd*',
    default: false,
    machines: HVM_MACHINES,
    arguments: [
      ...passes(
        '-device lsi53c895a',
        '-drive file=%s,id=%s,format',
        '-drive if=none,driver=%s,file=%s,id=%s,readonly',
      ),
      { text: '-device scsi-hd', since: MODERN_DRIVES },
      { text: '-device scsi-disk', until: MODERN_DRIVES },
    ],
    guests: {
      hvm: [
        { how: 'absent', note: 'No disk has a name that begins with sd.' },
        { how: 'emulated', by: 'qemu', when: { xl: { disk: 'vdev=sd*' } } },
        unplugged('The drivers unplug the disks by the Xen platform PCI device.'),
      ],
    },
    places: [{ path: DM, symbol: 'qemu_disk_scsi_drive_string' }],
  },
  {
    id: 'cdrom',
    title: 'CD-ROM drives',
    device: 'ide-cd',
    option: 'devtype=cdrom',
    default: false,
    machines: HVM_MACHINES,
    arguments: [
      { text: '-device ide-cd', since: MODERN_DRIVES },
      { text: '-drive if=none,readonly=on,id=%s', since: MODERN_DRIVES },
      { text: '-drive if=ide,index=%d,readonly=on,media=cdrom', until: MODERN_DRIVES },
      { text: '-drive %s,file=%s,format=%s' },
    ],
    guests: {
      hvm: [
        { how: 'absent', note: NOT_WITHOUT },
        {
          how: 'emulated',
          by: 'qemu',
          when: { xl: { disk: 'devtype=cdrom' } },
          note: 'At the IDE controller, also with AHCI, and present without a medium; QEMU changes the medium at run time.',
        },
      ],
    },
    places: [{ path: DM, symbol: BUILD_ARGUMENTS, anchor: 'ide-cd', since: MODERN_DRIVES }],
  },
  {
    id: 'colo-disk',
    title: 'Disks of a COLO pair',
    device: 'quorum, replication',
    option: 'colo in disk=',
    default: false,
    machines: HVM_MACHINES,
    arguments: passes(
      '-drive %s,id=%s,driver=quorum',
      '-drive %s,id=%s,driver=replication',
      '-drive if=ide,index=%d,media=disk,cache=writeback,driver=quorum',
      '-drive if=ide,index=%d,id=top-colo',
    ),
    guests: {
      hvm: [
        { how: 'absent', note: 'The disk is not replicated.' },
        { how: 'emulated', by: 'qemu', when: { xl: { disk: 'colo' } } },
      ],
    },
  },
];
