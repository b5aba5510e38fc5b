/** Ports that dom0 is denied. A denied port traps; what answers then is listed beside the device. */
import { readCalls } from '../../calls.ts';
import { merge } from './containers.ts';
import { absentFromDom0, type Collected, hex, portOf, type Source, unlisted } from './draft.ts';
import { gateNames } from './gates.ts';
import { DENIED, REFUSED } from './sites.ts';

const CALLEE = 'ioports_deny_access';

/** The first port as a number, with the aliases that are found at boot left out. */
export function collectDom0(source: Source): Collected {
  const { corpus } = source;
  const calls = corpus
    .filesWith('xen/', [CALLEE])
    .flatMap((file) =>
      readCalls(corpus.reader, file, new Set([CALLEE])).map((call) => ({ file, call })),
    )
    .filter(({ call }) => call.symbol !== null);
  return merge(
    calls.map(({ file, call }): Collected => {
      const [, from = '', to = ''] = call.arguments;
      const first = portOf(from, source.ports);
      const key = `${call.symbol} ${first === null ? from : hex(first)}`;
      const site = DENIED[key];
      if (site === undefined) {
        return {
          drafts: [],
          problems: [
            unlisted(file.path, call.line, `denial of ${from} in \`${call.symbol}\``, 'DENIED'),
          ],
        };
      }
      if (site === null) return { drafts: [], problems: [] };
      const onlyHvm = call.guards.some(
        ({ text, holds }) => holds && text.startsWith('is_hvm_domain('),
      );
      const quirk = call.guards.some(({ text }) => text === 'amd_acpi_c1e_quirk');
      const pvh = site.pvh ?? REFUSED;
      const conditional = pvh.map((one) =>
        quirk
          ? { ...one, when: { ...one.when, vendor: 'amd', feature: ['amd-c1e-quirk'] } as const }
          : one,
      );
      return {
        drafts: [
          {
            id: site.id,
            title: site.title,
            attributes: {
              first,
              last: portOf(to, source.ports),
              handler: null,
              device: site.device,
              registration: 'permission',
              gates: gateNames(call.guards),
            },
            places: [
              {
                path: file.path,
                symbol: call.symbol ?? '',
                anchor: `${CALLEE}(${call.arguments[0]}, ${from}`,
              },
            ],
            cell: (guest) => {
              if (guest === 'pvh-dom0')
                return [conditional[0] ?? REFUSED[0], ...conditional.slice(1)];
              return guest === 'pv-dom0' && !onlyHvm ? (site.pv ?? REFUSED) : null;
            },
            absence: absentFromDom0,
          },
        ],
        problems: [],
      };
    }),
  );
}
