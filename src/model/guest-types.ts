/** The guest types: the columns of the matrix. Closed; the order is the order of display. */
export const GUEST_TYPES = [
  'pv',
  'pvh',
  'hvm',
  'pv-dom0',
  'pvh-dom0',
  'pv-shim',
  'arm',
  'arm-dom0',
] as const;

export type GuestType = (typeof GUEST_TYPES)[number];

export interface GuestTypeWords {
  /** Heading of the column. */
  readonly title: string;
  /** What the column stands for, in one sentence. */
  readonly meaning: string;
  /** Whether the matrix shows the column before the reader asks for it. */
  readonly shownByDefault: boolean;
  readonly architecture: 'x86' | 'arm';
}

export const GUEST_TYPE_WORDS: Readonly<Record<GuestType, GuestTypeWords>> = {
  pv: {
    title: 'PV domU',
    meaning:
      'An unprivileged paravirtualized guest: 64-bit, and 32-bit where a condition says that it differs.',
    shownByDefault: true,
    architecture: 'x86',
  },
  pvh: {
    title: 'PVH domU',
    meaning:
      'An unprivileged guest in a hardware-virtualized container without a device model. Xen treats it as HVM.',
    shownByDefault: true,
    architecture: 'x86',
  },
  hvm: {
    title: 'HVM domU',
    meaning:
      'An unprivileged hardware-virtualized guest with a device model; PV drivers where a condition says so.',
    shownByDefault: true,
    architecture: 'x86',
  },
  'pv-dom0': {
    title: 'PV dom0',
    meaning: 'The hardware domain, running paravirtualized.',
    shownByDefault: false,
    architecture: 'x86',
  },
  'pvh-dom0': {
    title: 'PVH dom0',
    meaning: 'The hardware domain, running in a hardware-virtualized container (dom0=pvh).',
    shownByDefault: false,
    architecture: 'x86',
  },
  'pv-shim': {
    title: 'PV in shim',
    meaning:
      'A PV guest inside a PVH container that runs Xen as a shim; the column is what the PV guest sees.',
    shownByDefault: false,
    architecture: 'x86',
  },
  arm: {
    title: 'Arm domU',
    meaning: 'An unprivileged guest on Arm; Arm has one guest type.',
    shownByDefault: false,
    architecture: 'arm',
  },
  'arm-dom0': {
    title: 'Arm dom0',
    meaning: 'The hardware domain on Arm.',
    shownByDefault: false,
    architecture: 'arm',
  },
};

export const X86_GUEST_TYPES = GUEST_TYPES.filter(
  (guest) => GUEST_TYPE_WORDS[guest].architecture === 'x86',
);

/** A value for each guest type; none may be left out. */
export type PerGuest<T> = Readonly<Record<GuestType, T>>;

/** Builds a complete column set from a function of the guest type. */
export function perGuest<T>(value: (guest: GuestType) => T): PerGuest<T> {
  return Object.fromEntries(GUEST_TYPES.map((guest) => [guest, value(guest)])) as PerGuest<T>;
}
