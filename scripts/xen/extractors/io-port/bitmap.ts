/** Ports that HVM domains reach without an exit: the bits that `hvm_enable()` clears in the I/O bitmap. */
import type { Found } from '../../construct.ts';
import { type CallSite, callsIn, collectListed, placeOf, unknownGuards } from './call-sites.ts';
import {
  absentFromHvmHandlers,
  type Collected,
  type Draft,
  hex,
  portOf,
  type Source,
} from './draft.ts';
import { gateNames } from './gates.ts';
import { OPENED, type Opened } from './sites/opened.ts';
import { BEYOND, type Provided, type ProvidedList } from './sites/provided.ts';

/** Where Xen emulates the code of real mode, to which the bitmap opens nothing. */
const IN_REAL_MODE = [
  {
    when: { vendor: 'intel', feature: ['!unrestricted-guest'] },
    note: 'While Xen emulates the code of real mode, which it does where virtual-8086 mode cannot run it.',
  },
  {
    when: { vendor: 'intel', paging: 'shadow' },
    note: 'The same, as with shadow paging no guest is unrestricted.',
  },
] as const;

const EMULATED = { how: 'refused', by: 'xen', effect: 'all-ones' } as const;

/** A PVH dom0 has no device model that could claim the port. */
const DOM0_IN_REAL_MODE: readonly Provided[] = IN_REAL_MODE.map(({ when, note }) => ({
  ...EMULATED,
  when: { ...when, guest: ['real-mode'] },
  note,
}));

function openTo({ note, closed }: Opened): ProvidedList {
  return [
    {
      how: 'passthrough',
      by: 'cpu',
      when: { bytes: [1] },
      note: `Reaches the hardware without an exit. ${note}`,
    },
    { ...BEYOND, note: 'A wider access touches a port that exits.' },
    ...IN_REAL_MODE.map(({ when, note }) => ({
      ...EMULATED,
      when: { ...when, guest: ['real-mode', 'pio-not-claimed'] as const },
      note,
    })),
    ...(closed === undefined
      ? []
      : [{ how: 'refused', by: 'xen', effect: 'all-ones', ...closed } as const]),
  ];
}

function openedDraft(source: Source, callSite: CallSite, site: Opened, port: number | null): Draft {
  const { call } = callSite;
  const open = openTo(site);
  const dom0: ProvidedList = [...site.dom0, ...DOM0_IN_REAL_MODE];
  return {
    id: site.id,
    title: site.title,
    attributes: {
      first: port,
      last: port,
      handler: null,
      device: site.device,
      registration: 'bitmap',
      gates: gateNames(call.guards),
    },
    places: [
      placeOf(source, callSite),
      { path: 'xen/arch/x86/setup.c', symbol: 'setup_io_bitmap' },
    ],
    cell: (guest) =>
      guest === 'hvm' || guest === 'pvh' ? open : guest === 'pvh-dom0' ? dom0 : null,
    absence: absentFromHvmHandlers,
  };
}

/** What PVH dom0 reaches by its own bitmap: every port that it is not denied. */
export function permittedToDom0(bitmap: Found): Draft {
  return {
    id: 'pvh-dom0-permitted',
    title: 'Ports that PVH dom0 is permitted',
    attributes: {
      first: 0,
      last: 0xffff,
      handler: bitmap.candidate.name,
      device: 'physical ports',
      registration: 'bitmap',
      gates: ['is_hvm_domain'],
    },
    places: [
      { path: bitmap.path, symbol: bitmap.candidate.name },
      { path: 'xen/arch/x86/dom0_build.c', symbol: 'dom0_setup_permissions' },
    ],
    cell: (guest) =>
      guest === 'pvh-dom0'
        ? [
            {
              how: 'passthrough',
              by: 'cpu',
              note: 'Every port that dom0 is not denied at boot, as the dom0-denied- facts say; the CMOS ports and 0xcf8 trap as well.',
            },
            ...DOM0_IN_REAL_MODE,
          ]
        : null,
    absence: (guest) => absentFromHvmHandlers(guest) ?? 'Only dom0 has a bitmap of its own.',
  };
}

/** A fact for each cleared bit; a port that `OPENED` does not list is a problem. */
export function collectOpened(source: Source): Collected {
  const clears = ['__clear_bit', 'clear_bit']
    .flatMap((callee) => callsIn(source, 'xen/arch/x86/hvm/hvm.c', callee))
    .filter(({ call }) => call.arguments[1] === 'hvm_io_bitmap');
  const port = ({ call }: CallSite) => portOf(call.arguments[0] ?? '', source.ports);
  return collectListed(
    clears,
    'OPENED',
    (callSite) => {
      const number = port(callSite);
      return {
        site: number === null ? undefined : OPENED[hex(number)],
        what: `port ${callSite.call.arguments[0]} in the bitmap`,
      };
    },
    (callSite, site) => ({
      drafts: [openedDraft(source, callSite, site, port(callSite))],
      problems: unknownGuards(callSite, source),
    }),
  );
}
