/** Ports of PV domains: the guest’s own permission, and the branches of the read that follows. */

import type { Node } from 'web-tree-sitter';
import { isInSpan } from '../../../../src/model/release.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { CFile } from '../../c-file.ts';
import type { Found } from '../../construct.ts';
import { absentFromPv, type Collected, type Draft, portsWhere, type Source } from './draft.ts';
import { afterPermission, NO_PERMISSION, type ProvidedList } from './sites/provided.ts';
import { PV_BRANCHES, type PvBranch } from './sites/pv-branches.ts';

interface Branch {
  readonly condition: string;
  readonly body: string;
  readonly line: number;
}

/** The chain of `if … else if …` in the loop of the read. */
function branchesOf(file: CFile, definition: Node): Branch[] {
  const [loop] = definition.descendantsOfType('while_statement');
  const first = loop
    ?.childForFieldName('body')
    ?.namedChildren.find(({ type }) => type === 'if_statement');
  const branches: Branch[] = [];
  for (let node = first; node !== undefined; ) {
    const condition = node.childForFieldName('condition');
    const body = node.childForFieldName('consequence');
    if (condition === null || body === null) break;
    branches.push({
      condition: file.text.slice(condition.startIndex, condition.endIndex),
      body: file.text.slice(body.startIndex, body.endIndex),
      line: node.startPosition.row + 1,
    });
    const rest = node.childForFieldName('alternative');
    node = rest?.namedChildren.find(({ type }) => type === 'if_statement');
  }
  return branches;
}

/** Ports for which a condition on `port` and `bytes` holds; null when it is not understood. */
function portsOf(condition: string, source: Source): number[] | null {
  const bytes = /bytes == 4/.test(condition) ? 4n : 1n;
  const variables = new Map([
    ['bytes', bytes],
    ['currd', 1n],
  ]);
  return portsWhere(condition, (port) => ({
    name: (name) => (name === 'port' ? port() : (variables.get(name) ?? source.ports.name(name))),
    call: (name, args) => {
      if (name === 'is_cmos_port') return port() === 0x70n || port() === 0x71n ? 1n : 0n;
      return name === 'ioports_access_permitted' ? 1n : source.ports.call?.(name, args);
    },
  }));
}

/** Sorted ports as contiguous ranges. */
function rangesOf(ports: readonly number[]): { first: number; last: number }[] {
  const ranges: { first: number; last: number }[] = [];
  for (const port of ports) {
    const last = ranges.at(-1);
    if (last !== undefined && last.last === port - 1) last.last = port;
    else ranges.push({ first: port, last: port });
  }
  return ranges;
}

const isPv = (guest: string): guest is 'pv' | 'pv-dom0' | 'pv-shim' =>
  guest === 'pv' || guest === 'pv-dom0' || guest === 'pv-shim';

function pvDraft(
  id: string,
  title: string,
  attributes: Draft['attributes'],
  places: Draft['places'],
  guests: (guest: 'pv' | 'pv-dom0' | 'pv-shim') => ProvidedList,
): Draft {
  return {
    id,
    title,
    attributes,
    places,
    cell: (guest) => (isPv(guest) ? guests(guest) : null),
    absence: absentFromPv,
  };
}

function placeOf({ path, candidate }: Found, anchor?: string): Draft['places'][0] {
  return { path, symbol: candidate.name, ...(anchor === undefined ? {} : { anchor }) };
}

/** The names of a branch in a release that has others. */
function formerly({ formerly: older }: PvBranch, release: string): PvBranch['formerly'] {
  return older !== undefined && isInSpan({ until: older.until }, release) ? older : undefined;
}

/** One fact for each range of ports of a branch; without ports where only the run time knows them. */
function draftsOf(
  known: PvBranch,
  release: string,
  ports: readonly number[],
  permission: Found,
  read: Found,
): Draft[] {
  const { anchor, handler } = formerly(known, release) ?? known;
  const ranges = known.atRunTime ? [{ first: null, last: null }] : rangesOf(ports);
  return ranges.map((range, index) =>
    pvDraft(
      known.ids[index] ?? `${known.ids[0]}-${index + 1}`,
      known.title,
      {
        ...range,
        handler,
        device: known.device,
        registration: 'pv-branch',
        gates: [],
      },
      [placeOf(read, anchor), placeOf(permission), ...(known.decides ?? [])],
      (guest) => afterPermission(known.guests(guest, range.first)),
    ),
  );
}

function unknownBranch(read: Found, { line }: Branch, what: string): Problem {
  return problem(
    'construct-unknown',
    { path: read.path, line },
    {
      actual: `${what} in a branch of \`${read.candidate.name}\``,
      expected: 'an entry of `PV_BRANCHES`',
      repair: 'Say what stands behind it in `PV_BRANCHES` of the extractor `io-port`.',
    },
  );
}

function branchDrafts(permission: Found, read: Found, source: Source): Collected {
  const [file] = read.files;
  const branches =
    file === undefined
      ? []
      : source.corpus.reader
          .visitFunction(file, read.candidate.name, (definition) => branchesOf(file, definition))
          .flat();
  const portsBy = new Map<PvBranch, number[]>();
  const problems: Problem[] = [];
  for (const branch of branches) {
    const known = PV_BRANCHES.find(({ pattern }) => pattern.test(branch.body));
    const ports = portsOf(branch.condition, source);
    if (known === undefined) problems.push(unknownBranch(read, branch, 'something unknown'));
    else if (ports === null)
      problems.push(unknownBranch(read, branch, 'a condition that is not understood'));
    else portsBy.set(known, [...(portsBy.get(known) ?? []), ...ports]);
  }
  for (const known of PV_BRANCHES) {
    if (formerly(known, source.corpus.release)?.isCheck) portsBy.set(known, []);
  }
  const missing = PV_BRANCHES.filter((known) => !portsBy.has(known));
  if (missing.length > 0) {
    problems.push(
      problem(
        'count-low',
        { path: read.path },
        {
          actual: `no branch for ${missing.map(({ ids }) => ids[0]).join(', ')} in \`${read.candidate.name}\``,
          expected: 'one for each entry of `PV_BRANCHES`',
        },
      ),
    );
  }
  const drafts = [...portsBy].flatMap(([known, ports]) =>
    draftsOf(
      known,
      source.corpus.release,
      ports.sort((a, b) => a - b),
      permission,
      read,
    ),
  );
  return { drafts, problems };
}

const EVERY_PORT = { first: 0, last: 0xffff } as const;

/** What comes before the branches and behind them. */
function frame(permission: Found, read: Found): Draft[] {
  const checked: ProvidedList = [
    NO_PERMISSION,
    {
      how: 'emulated',
      by: 'xen',
      when: { guest: ['io-permission'] },
      note: 'Every access traps; Xen decodes the instruction and goes on with what stands behind the port.',
    },
  ];
  return [
    pvDraft(
      'pv-permission',
      'Permission of the PV guest itself',
      {
        ...EVERY_PORT,
        handler: permission.candidate.name,
        device: 'IOPL and I/O bitmap of the guest',
        registration: 'pv-branch',
        gates: [],
      },
      [placeOf(permission)],
      () => checked,
    ),
    pvDraft(
      'pv-unclaimed',
      'Ports of PV domains that nothing stands behind',
      {
        ...EVERY_PORT,
        handler: read.candidate.name,
        device: 'nothing',
        registration: 'default',
        gates: [],
      },
      [placeOf(read, 'sub_data'), placeOf(permission)],
      () =>
        afterPermission([
          {
            how: 'refused',
            by: 'xen',
            effect: 'all-ones',
            note: 'Reads give all ones and writes are dropped.',
          },
        ]),
    ),
  ];
}

export function collectPv(source: Source, permission: Found, read: Found): Collected {
  const branches = branchDrafts(permission, read, source);
  return { drafts: [...frame(permission, read), ...branches.drafts], problems: branches.problems };
}
