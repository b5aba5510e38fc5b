/** Ports of HVM domains: registered handlers, relocations, and handlers without a fixed port. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Call } from '../../calls.ts';
import {
  type CallSite,
  callsIn,
  collectListed,
  merge,
  placeOf,
  unknownGuards,
} from './call-sites.ts';
import {
  absentWithoutHandler,
  type Collected,
  type Draft,
  hex,
  portOf,
  type Source,
} from './draft.ts';
import { CONTAINERS, type Container, evaluateGuards, gateNames } from './gates.ts';
import { RAW, REGISTERED, RELOCATED, type Site } from './sites/handlers.ts';
import type { ProvidedList } from './sites/provided.ts';
import { VPCI_REGISTRATION, vpciPorts } from './vpci.ts';

interface Range {
  readonly first: number | null;
  readonly last: number | null;
}

function isContainer(guest: GuestType): guest is Container {
  return (CONTAINERS as readonly GuestType[]).includes(guest);
}

/** A cell by guards and by what stands behind the site. */
function cellOf(site: Pick<Site, 'provided'>, call: Call, source: Source): Draft['cell'] {
  return (guest) => {
    if (!isContainer(guest)) return null;
    const { verdict } = evaluateGuards(call.guards, guest, source.flags);
    if (!verdict.reached) return null;
    const { when } = verdict;
    const [first, ...rest] = site.provided(guest);
    if (when === null) return [first, ...rest];
    const conditional = (one: ProvidedList[0]) => ({ ...one, when: { ...one.when, ...when } });
    return [conditional(first), ...rest.map(conditional)];
  };
}

/** Ports that a loop around the registration covers: `port = A; port < B; …`. */
function loopRange(call: Call, source: Source): { first: number; last: number } | null {
  const [, variable, from, to] = /^(\w+) = (.+?); \1 < (.+?); /.exec(call.loop ?? '') ?? [];
  if (
    variable === undefined ||
    from === undefined ||
    to === undefined ||
    call.arguments[1] !== variable
  )
    return null;
  const first = portOf(from, source.ports);
  const end = portOf(to, source.ports);
  return first === null || end === null ? null : { first, last: end - 1 };
}

function draft(
  callSite: CallSite,
  site: Site,
  source: Source,
  range: Range,
  handler: string | null,
  registration: Draft['attributes']['registration'],
): Draft {
  const { call } = callSite;
  const definedIn =
    handler === null
      ? undefined
      : source.corpus
          .filesWith('xen/arch/x86/', [handler])
          .find((candidate) => candidate.functions.some((f) => f.name === handler));
  return {
    id: site.id,
    title: site.title,
    attributes: {
      ...range,
      handler,
      device: site.device,
      registration,
      gates: gateNames(call.guards),
    },
    places: [
      placeOf(source, callSite),
      ...(definedIn === undefined || handler === null
        ? []
        : [{ path: definedIn.path, symbol: handler }]),
    ],
    cell: cellOf(site, call, source),
    absence: absentWithoutHandler,
  };
}

function rangeFrom(first: number | null, length: number | null): Range {
  return { first, last: first === null || length === null ? null : first + length - 1 };
}

function registered(source: Source): Collected {
  return collectListed(
    callsIn(source, 'xen/arch/x86/', 'register_portio_handler'),
    'REGISTERED',
    ({ call }) => {
      const [, port = '', , handler = ''] = call.arguments;
      const first = portOf(port, source.ports);
      const key = `${call.symbol} ${handler}`;
      return {
        site: REGISTERED[key] ?? REGISTERED[`${key} ${first === null ? port : hex(first)}`],
        what: `registration of ${port} by \`${key}\``,
      };
    },
    (callSite, site) => {
      const [, port = '', size = '', handler = ''] = callSite.call.arguments;
      const range =
        loopRange(callSite.call, source) ??
        rangeFrom(portOf(port, source.ports), portOf(size, source.ports));
      return {
        drafts: [draft(callSite, site, source, range, handler, 'portio-handler')],
        problems: unknownGuards(callSite, source),
      };
    },
  );
}

/** The handler that was registered at the port which a relocation moves. */
function movedHandler(source: Source, { arguments: [, from] }: Call): string | null {
  const origin = callsIn(source, 'xen/arch/x86/hvm/', 'register_portio_handler').find(
    ({ call }) => call.arguments[1] === from,
  );
  return origin?.call.arguments[3] ?? null;
}

function relocated(source: Source): Collected {
  return collectListed(
    callsIn(source, 'xen/arch/x86/hvm/', 'relocate_portio_handler'),
    'RELOCATED',
    ({ call }) => {
      const [, , port = ''] = call.arguments;
      return {
        site: RELOCATED[`${call.symbol} ${port}`],
        what: `relocation to ${port} in \`${call.symbol}\``,
      };
    },
    (callSite, site) => {
      const [, , port = '', size = ''] = callSite.call.arguments;
      const range = rangeFrom(portOf(port, source.ports), portOf(size, source.ports));
      const handler = movedHandler(source, callSite.call);
      return {
        drafts: [draft(callSite, site, source, range, handler, 'relocated')],
        problems: [
          ...unknownGuards(callSite, source),
          ...(range.last === null ? [unreadPort(callSite, port)] : []),
        ],
      };
    },
  );
}

function unreadPort({ file, call }: CallSite, port: string): Problem {
  return problem(
    'construct-unread',
    { path: file.path, line: call.line },
    { actual: `port \`${port}\``, expected: 'a port and a size that are constants' },
  );
}

/** Handlers that decide for themselves which accesses are theirs. */
function raw(source: Source): Collected {
  return collectListed(
    callsIn(source, 'xen/arch/x86/', 'hvm_next_io_handler'),
    'RAW',
    ({ call }) => ({ site: RAW[call.symbol ?? ''], what: `handler in \`${call.symbol}\`` }),
    (callSite, site) => {
      const vpci = callSite.call.symbol === VPCI_REGISTRATION;
      const accepted = vpci
        ? vpciPorts(source)
        : { handler: 'g2m_portio_read', range: { first: null, last: null }, problems: [] };
      const { handler, range, problems } = accepted;
      return {
        drafts: [draft(callSite, site, source, range, handler, 'io-handler')],
        problems: [...unknownGuards(callSite, source), ...problems],
      };
    },
  );
}

export function collectContainers(source: Source): Collected {
  return merge([registered(source), relocated(source), raw(source)]);
}
