/** Ports of HVM domains: registered handlers, relocations, handlers without a fixed port, and the bitmap. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { problem } from '../../../problems/problem.ts';
import type { CFile } from '../../c-file.ts';
import { type Call, readCalls } from '../../calls.ts';
import {
  absentFromHvmHandlers,
  type Collected,
  type Draft,
  hex,
  portOf,
  portsWhere,
  type Source,
  unlisted,
} from './draft.ts';
import { CONTAINERS, type Container, evaluateGuards, gateNames } from './gates.ts';
import { OPENED, type ProvidedList, RAW, REGISTERED, RELOCATED, type Site } from './sites.ts';

interface CallSite {
  readonly file: CFile;
  readonly call: Call;
}

function callsIn({ corpus }: Source, folder: string, callee: string): CallSite[] {
  return corpus
    .filesWith(folder, [callee])
    .flatMap((file) =>
      readCalls(corpus.reader, file, new Set([callee])).map((call) => ({ file, call })),
    )
    .filter(({ call }) => call.symbol !== null);
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

/** Guards that no rule understands are problems: a condition is never dropped. */
function unknownGuards({ file, call }: CallSite, source: Source) {
  return evaluateGuards(call.guards, 'hvm', source.flags).unknown.map(({ text }) =>
    problem(
      'construct-unknown',
      { path: file.path, line: call.line },
      {
        actual: `guard \`${text}\``,
        expected: 'a predicate that the extractor `io-port` knows',
        repair:
          'Say what the guard means for each guest type in `gates.ts` of the extractor `io-port`.',
      },
    ),
  );
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
  range: { first: number | null; last: number | null },
  handler: string | null,
  registration: Draft['attributes']['registration'],
): Draft {
  const { file, call } = callSite;
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
      { path: file.path, symbol: call.symbol ?? '', anchor: anchorOf(call) },
      ...(definedIn === undefined || handler === null
        ? []
        : [{ path: definedIn.path, symbol: handler }]),
    ],
    cell: cellOf(site, call, source),
    absence: absentFromHvmHandlers,
  };
}

/** An identifier or number that singles out the call among those of its function. */
function anchorOf(call: Call): string {
  const port = call.arguments[call.callee === 'relocate_portio_handler' ? 2 : 1];
  return port === undefined
    ? call.callee
    : `${call.callee}(${call.arguments[0]}, ${call.callee === 'relocate_portio_handler' ? `${call.arguments[1]}, ` : ''}${port}`;
}

function registered(source: Source): Collected {
  const results = callsIn(source, 'xen/arch/x86/', 'register_portio_handler').map(
    (callSite): Collected => {
      const { file, call } = callSite;
      const [, port = '', size = '', handler = ''] = call.arguments;
      const first = portOf(port, source.ports);
      const key = `${call.symbol} ${handler}`;
      const site = REGISTERED[key] ?? REGISTERED[`${key} ${first === null ? port : hex(first)}`];
      if (site === undefined) {
        return {
          drafts: [],
          problems: [
            unlisted(file.path, call.line, `registration of ${port} by \`${key}\``, 'REGISTERED'),
          ],
        };
      }
      const length = portOf(size, source.ports);
      const range = loopRange(call, source) ?? {
        first,
        last: first === null || length === null ? null : first + length - 1,
      };
      return {
        drafts: [draft(callSite, site, source, range, handler, 'portio-handler')],
        problems: unknownGuards(callSite, source),
      };
    },
  );
  return merge(results);
}

/** The handler that was registered at the port which a relocation moves. */
function movedHandler(source: Source, { arguments: [, from] }: Call): string | null {
  const origin = callsIn(source, 'xen/arch/x86/hvm/', 'register_portio_handler').find(
    ({ call }) => call.arguments[1] === from,
  );
  return origin?.call.arguments[3] ?? null;
}

function relocated(source: Source): Collected {
  const results = callsIn(source, 'xen/arch/x86/hvm/', 'relocate_portio_handler').map(
    (callSite): Collected => {
      const { file, call } = callSite;
      const [, , port = '', size = ''] = call.arguments;
      const site = RELOCATED[`${call.symbol} ${port}`];
      if (site === undefined) {
        return {
          drafts: [],
          problems: [
            unlisted(
              file.path,
              call.line,
              `relocation to ${port} in \`${call.symbol}\``,
              'RELOCATED',
            ),
          ],
        };
      }
      const first = portOf(port, source.ports);
      if (site === null || first === null) return { drafts: [], problems: [] };
      const range = { first, last: first + (portOf(size, source.ports) ?? 1) - 1 };
      return {
        drafts: [draft(callSite, site, source, range, movedHandler(source, call), 'relocated')],
        problems: unknownGuards(callSite, source),
      };
    },
  );
  return merge(results);
}

/** First and last port that `vpci_portio_accept()` accepts, found by trying every port. */
function acceptedByVpci({ corpus }: Source): { first: number | null; last: number | null } {
  const name = 'vpci_portio_accept';
  const [condition = '0'] = corpus.filesWith('xen/arch/x86/hvm/', [name]).flatMap((file) =>
    corpus.reader.visitFunction(file, name, (definition) => {
      const [result] = definition
        .descendantsOfType('return_statement')
        .flatMap((node) => node.namedChild(0) ?? []);
      return result === undefined ? '0' : file.text.slice(result.startIndex, result.endIndex);
    }),
  );
  const accepted = portsWhere(
    condition.replaceAll('p->addr', 'addr').replaceAll('p->size', 'size'),
    (port) => ({
      name: (variable) =>
        variable === 'addr' ? BigInt(port) : variable === 'size' ? 4n : undefined,
    }),
  );
  return { first: accepted?.[0] ?? null, last: accepted?.at(-1) ?? null };
}

function raw(source: Source): Collected {
  const results = callsIn(source, 'xen/arch/x86/', 'hvm_next_io_handler').map(
    (callSite): Collected => {
      const { file, call } = callSite;
      const site = RAW[call.symbol ?? ''];
      if (site === undefined) {
        return {
          drafts: [],
          problems: [unlisted(file.path, call.line, `handler in \`${call.symbol}\``, 'RAW')],
        };
      }
      if (site === null) return { drafts: [], problems: [] };
      const vpci = call.symbol === 'register_vpci_portio_handler';
      const range = vpci ? acceptedByVpci(source) : { first: null, last: null };
      const handler = vpci ? 'vpci_portio_read' : 'g2m_portio_read';
      return {
        drafts: [draft(callSite, site, source, range, handler, 'io-handler')],
        problems: unknownGuards(callSite, source),
      };
    },
  );
  return merge(results);
}

/** Ports that leave the guest without an exit. */
function opened(source: Source): Collected {
  const clears = ['__clear_bit', 'clear_bit'].flatMap((callee) =>
    callsIn(source, 'xen/arch/x86/hvm/hvm.c', callee),
  );
  const results = clears
    .filter(({ call }) => call.arguments[1] === 'hvm_io_bitmap')
    .map((callSite): Collected => {
      const { file, call } = callSite;
      const port = portOf(call.arguments[0] ?? '', source.ports);
      const site = port === null ? undefined : OPENED[hex(port)];
      if (site === undefined || port === null) {
        return {
          drafts: [],
          problems: [
            unlisted(file.path, call.line, `port ${call.arguments[0]} in the bitmap`, 'OPENED'),
          ],
        };
      }
      const open: ProvidedList = [
        {
          how: 'passthrough',
          by: 'cpu',
          when: { bytes: [1] },
          note: `Reaches the hardware without an exit. ${site.note}`,
        },
        {
          how: 'refused',
          by: 'xen',
          effect: 'all-ones',
          when: { bytes: [2, 4], guest: ['pio-not-claimed'] },
          note: 'A wider access touches a port that exits.',
        },
      ];
      return {
        drafts: [
          {
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
          },
        ],
        problems: unknownGuards(callSite, source),
      };
    });
  return merge(results);
}

export function merge(results: readonly Collected[]): Collected {
  return {
    drafts: results.flatMap(({ drafts }) => drafts),
    problems: results.flatMap(({ problems }) => problems),
  };
}

export function collectContainers(source: Source): Collected {
  return merge([registered(source), relocated(source), raw(source), opened(source)]);
}
