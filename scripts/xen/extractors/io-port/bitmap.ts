/** Ports that HVM domains reach without an exit: the bits that `hvm_enable()` clears in the I/O bitmap. */
import { type CallSite, callsIn, collectListed, unknownGuards } from './call-sites.ts';
import {
  absentFromHvmHandlers,
  type Collected,
  type Draft,
  hex,
  portOf,
  type Source,
} from './draft.ts';
import { gateNames } from './gates.ts';
import { OPENED, type ProvidedList } from './sites.ts';

type Opened = (typeof OPENED)[string];

function openTo({ note }: Opened): ProvidedList {
  return [
    {
      how: 'passthrough',
      by: 'cpu',
      when: { bytes: [1] },
      note: `Reaches the hardware without an exit. ${note}`,
    },
    {
      how: 'refused',
      by: 'xen',
      effect: 'all-ones',
      when: { bytes: [2, 4], guest: ['pio-not-claimed'] },
      note: 'A wider access touches a port that exits.',
    },
  ];
}

function openedDraft({ file, call }: CallSite, site: Opened, port: number | null): Draft {
  const open = openTo(site);
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
      {
        path: file.path,
        symbol: call.symbol ?? '',
        anchor: `${call.callee}(${call.arguments[0]}, hvm_io_bitmap`,
      },
      { path: 'xen/arch/x86/setup.c', symbol: 'setup_io_bitmap' },
    ],
    cell: (guest) =>
      guest === 'hvm' || guest === 'pvh' ? open : guest === 'pvh-dom0' ? site.dom0 : null,
    absence: absentFromHvmHandlers,
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
      drafts: [openedDraft(callSite, site, port(callSite))],
      problems: unknownGuards(callSite, source),
    }),
  );
}
