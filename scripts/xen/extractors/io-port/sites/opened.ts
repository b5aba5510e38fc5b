/** What stands behind each port that `hvm_enable()` opens in the bitmap of HVM domains. A port that is not listed is a problem. */
import type { Condition } from '../../../../../src/model/condition.ts';
import type { Site } from './handlers.ts';
import type { Provided, ProvidedList } from './provided.ts';

/** A port that the bitmap lets through. */
export interface Opened extends Omit<Site, 'provided'> {
  readonly note: string;
  /** When the bit stays set, and the access exits like others. */
  readonly closed?: { readonly when: Condition; readonly note: string };
  /** PVH dom0 has a bitmap of its own, made of its permissions. */
  readonly dom0: ProvidedList;
}

/** Up to Xen 4.18, whose bitmap of PVH dom0 is made of its permissions alone. */
const REACHED_BEFORE: Provided = {
  how: 'passthrough',
  by: 'cpu',
  until: '4.19',
  note: 'PVH dom0 reaches every port that it is not denied.',
};

/** By port. */
export const OPENED: Readonly<Record<string, Opened>> = {
  '0x80': {
    id: 'port-80',
    title: 'Diagnostic port 0x80',
    device: 'POST diagnostics, used as an I/O delay',
    note: 'Not on machines where the port is known to do harm, unless the command line says so.',
    closed: {
      when: { cmdline: 'hvm_port80=0', guest: ['pio-not-claimed'] },
      note: 'Also without the option on machines where the port is known to do harm.',
    },
    dom0: [
      REACHED_BEFORE,
      {
        how: 'passthrough',
        by: 'cpu',
        when: { bytes: [1] },
        since: '4.19',
        note: 'Denied to PVH dom0 on machines where the port is known to do harm.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { cmdline: 'hvm_port80=0' },
        since: '4.19',
        note: 'Denied: the access traps, reads give all ones and writes are dropped.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { bytes: [2, 4] },
        since: '4.19',
        note: 'A wider access touches port 0x81, which PVH dom0 is denied.',
      },
    ],
  },
  '0xed': {
    id: 'port-ed',
    title: 'Delay port 0xed',
    device: 'I/O delay',
    note: 'Opened on every machine.',
    dom0: [
      REACHED_BEFORE,
      {
        how: 'passthrough',
        by: 'cpu',
        when: { bytes: [1, 2] },
        since: '4.19',
        note: 'PVH dom0 reaches every port that it is not denied.',
      },
      {
        how: 'refused',
        by: 'xen',
        effect: 'all-ones',
        when: { bytes: [4] },
        since: '4.19',
        note: 'A wider access touches port 0xf0, which PVH dom0 is denied.',
      },
    ],
  },
};
