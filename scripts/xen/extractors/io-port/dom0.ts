/** Ports that dom0 is denied. A denied port traps; what answers then is listed beside the device. */
import { type CallSite, callsIn, collectListed, placeOf, unknownGuards } from './call-sites.ts';
import { absentFromDom0, type Collected, type Draft, hex, portOf, type Source } from './draft.ts';
import { gateNames } from './gates.ts';
import { DENIED, type Denied, PERMITTED, REFUSED } from './sites/denied.ts';
import { afterPermission, type Provided, type ProvidedList } from './sites/provided.ts';

const CALLEE = 'ioports_deny_access';

/** What PVH dom0 gets; a denial for the sake of the C1E quirk is one of the machines that have it. */
function pvhDom0({ call }: CallSite, { pvh = REFUSED }: Denied): ProvidedList {
  if (!call.guards.some(({ text }) => text === 'amd_acpi_c1e_quirk')) return pvh;
  const onQuirk = (one: Provided): Provided => ({
    ...one,
    when: { ...one.when, vendor: 'amd', feature: ['amd-c1e-quirk'] },
  });
  const [first, ...rest] = pvh;
  const otherwise: Provided = {
    how: 'passthrough',
    by: 'cpu',
    when: { feature: ['!amd-c1e-quirk'] },
    note: 'Not denied then.',
  };
  return [onQuirk(first), ...rest.map(onQuirk), otherwise];
}

function draft(callSite: CallSite, site: Denied, source: Source): Draft {
  const { call } = callSite;
  const [, from = '', to = ''] = call.arguments;
  const onlyHvm = call.guards.some(({ text, holds }) => holds && text.startsWith('is_hvm_domain('));
  const pvh = pvhDom0(callSite, site);
  return {
    id: site.id,
    title: site.title,
    attributes: {
      first: portOf(from, source.ports),
      last: portOf(to, source.ports),
      handler: null,
      device: site.device,
      registration: 'permission',
      gates: gateNames(call.guards),
    },
    places: [placeOf(source, callSite), ...(site.places ?? [])],
    cell: (guest) => {
      if (guest === 'pvh-dom0') return pvh;
      if (guest !== 'pv-dom0') return null;
      return afterPermission(onlyHvm ? PERMITTED : (site.pv ?? REFUSED));
    },
    absence: absentFromDom0,
  };
}

/** A fact for each denied range; aliases that are found at boot are left out. */
export function collectDom0(source: Source): Collected {
  return collectListed(
    callsIn(source, 'xen/', CALLEE),
    'DENIED',
    ({ call }) => {
      const [, from = ''] = call.arguments;
      const first = portOf(from, source.ports);
      return {
        site: DENIED[`${call.symbol} ${first === null ? from : hex(first)}`],
        what: `denial of ${from} in \`${call.symbol}\``,
      };
    },
    (callSite, site) => {
      const one = draft(callSite, site, source);
      // Where only the run time knows the port, it decides about the denial as well.
      const atRunTime = one.attributes.first === null;
      return { drafts: [one], problems: atRunTime ? [] : unknownGuards(callSite, source) };
    },
  );
}
