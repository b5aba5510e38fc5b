import { type Problem, problem } from '../problems/problem.ts';

/** What a probe did, as the guest reported it. */
export interface Reported {
  readonly probe: string;
  /** 0xff without an exception, 0xfe when the preparation met one. */
  readonly vector: number;
  /** Ticks of the TSC: the least of the first runs, and that of the runs after them. */
  readonly first: number;
  readonly least: number;
  readonly rax: bigint;
  readonly rdx: bigint;
}

const GUEST = /^ATLAS GUEST ([a-z0-9-]+)\s*$/;
const BEGIN = /ATLAS BEGIN\s*$/;
const END = /ATLAS END\s*$/;
const LINE = /(?:^|\) )P ([a-z0-9-]+)((?: [0-9a-f]+){7})\s*$/;

/**
 * Reports in a log by guest: the one that dom0 named last before the report, or `first` before it named any. A report
 * that has no end is left out, and is a problem.
 */
export function parseReports(
  log: string,
  first: string,
): { readonly reports: ReadonlyMap<string, Reported[]>; readonly problems: Problem[] } {
  const path = `log of ${first}`;
  const reports = new Map<string, Reported[]>();
  const problems: Problem[] = [];
  let guest = first;
  let open: Reported[] | undefined;
  for (const [index, line] of log.split(/[\r\n]+/).entries()) {
    guest = GUEST.exec(line)?.[1] ?? guest;
    if (BEGIN.test(line)) open = [];
    if (END.test(line) && open !== undefined) {
      reports.set(guest, open);
      open = undefined;
    }
    const match = LINE.exec(line);
    if (match === null || open === undefined) continue;
    const [, probe = '', numbers = ''] = match;
    const [vector, firstCost, least, rax, , , rdx] = numbers
      .trim()
      .split(' ')
      .map((text) => BigInt(`0x${text}`));
    if (vector === undefined || firstCost === undefined || least === undefined) continue;
    open.push({
      probe,
      vector: Number(vector),
      first: Number(firstCost),
      least: Number(least),
      rax: rax ?? 0n,
      rdx: rdx ?? 0n,
    });
    if (open.length > 5000) {
      const words = { actual: 'more than 5000 lines in one report', expected: 'one line a probe' };
      problems.push(problem('measurement-broken', { path, line: index + 1 }, words));
      open = undefined;
    }
  }
  if (open !== undefined) {
    const last = open.at(-1)?.probe ?? 'none';
    problems.push(
      problem(
        'measurement-broken',
        { path },
        {
          actual: `a report that stops after the probe \`${last}\``,
          expected: 'a last line `ATLAS END`',
          repair: 'The probe after it ends the guest: give it to other guests only.',
        },
      ),
    );
  }
  return { reports, problems };
}

/** The reports of guests in the log of the machine that ran them; a guest without a report is a problem. */
export function readLog(
  log: string,
  guests: readonly string[],
): { readonly reports: ReadonlyMap<string, Reported[]>; readonly problems: readonly Problem[] } {
  const { reports, problems } = parseReports(log, guests[0] ?? '');
  const silent = guests.filter((id) => !reports.has(id));
  if (silent.length === 0) return { reports, problems };
  const words = {
    actual: `no report of ${silent.join(', ')}`,
    expected: 'a report of each guest',
    details: log.split(/[\r\n]+/).slice(-20),
  };
  const path = `log of ${silent.join(', ')}`;
  return { reports, problems: [...problems, problem('measurement-broken', { path }, words)] };
}
