/** What the source has and no table lists: a problem each, so that nothing is left out in silence. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { StatusRow } from '../support-status/rows.ts';
import type { DeviceType } from './device-types.ts';
import { rowsBelow } from './parties.ts';
import { OTHER_DEVICES, OTHER_SUPPORT, PROTOCOLS, SUPPORT_SECTIONS } from './protocols.ts';

function unlisted(path: string, line: number | undefined, actual: string, table: string): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual,
      expected: 'what the extractor `pv-protocol` lists',
      repair: `Say what it is in \`${table}\` of the extractor \`pv-protocol\`.`,
    },
  );
}

function unlistedTypes(types: readonly DeviceType[]): Problem[] {
  const devices = PROTOCOLS.flatMap((protocol) => protocol.devices ?? []);
  const known = new Set([...devices, ...OTHER_DEVICES]);
  const names = new Set(types.map(({ name }) => name));
  return [
    ...types
      .filter(({ name }) => !known.has(name))
      .map(({ name, path }) => unlisted(path, undefined, `device type \`${name}\``, 'PROTOCOLS')),
    ...devices
      .filter((name) => !names.has(name))
      .map((name) =>
        problem(
          'construct-missing',
          { path: 'tools/libs/light/' },
          {
            actual: `no device type \`${name}\` in libxl`,
            expected: 'every device type that `PROTOCOLS` lists',
            repair: 'Say in `PROTOCOLS` of the extractor `pv-protocol` what became of it.',
          },
        ),
      ),
  ];
}

function unlistedKinds(
  types: readonly DeviceType[],
  path: string,
  qemuKinds: readonly string[],
): Problem[] {
  const kinds = [
    ...types.map(({ kind }) => kind),
    ...PROTOCOLS.flatMap((protocol) => protocol.kinds ?? []),
  ];
  return qemuKinds
    .filter((kind) => !kinds.includes(kind))
    .map((kind) => unlisted(path, undefined, `kind of backend \`${kind}\``, 'PROTOCOLS'));
}

function unlistedSupport(rows: readonly StatusRow[]): Problem[] {
  const known = PROTOCOLS.flatMap(({ support }) => [support?.backend, support?.frontend]);
  const isUnknown = ({ path }: StatusRow) =>
    path.some((heading) => SUPPORT_SECTIONS.includes(heading)) &&
    ![...known, ...OTHER_SUPPORT].includes(path.at(-1));
  const unknown = rows
    .filter(isUnknown)
    .map(({ path, line }) =>
      unlisted('SUPPORT.md', line, `section \`${path.at(-1)}\``, 'PROTOCOLS'),
    );
  const gone = known.filter(
    (heading) => heading !== undefined && rowsBelow(heading, rows).length === 0,
  );
  return [
    ...unknown,
    ...gone.map((heading) =>
      problem(
        'construct-missing',
        { path: 'SUPPORT.md' },
        {
          actual: `no rows below \`${heading}\``,
          expected: 'every section that `PROTOCOLS` lists',
          repair: 'Say in `PROTOCOLS` of the extractor `pv-protocol` what became of it.',
        },
      ),
    ),
  ];
}

/** Headers, device types, kinds of QEMU (of the file `kindsIn`) and sections of SUPPORT.md that no table lists. */
export function checkListed(
  headers: readonly string[],
  types: readonly DeviceType[],
  kindsIn: string,
  qemuKinds: readonly string[],
  rows: readonly StatusRow[],
): Problem[] {
  const known = PROTOCOLS.map(({ header }) => header);
  return [
    ...headers
      .filter((path) => !known.includes(path.replace(/^.*\//, '')))
      .map((path) => unlisted(path, undefined, `header \`${path}\``, 'PROTOCOLS')),
    ...unlistedTypes(types),
    ...unlistedKinds(types, kindsIn, qemuKinds),
    ...unlistedSupport(rows),
  ];
}
