/** What a log says of one guest, as an entry of `content/measurements/`. Pure. */

import { factAt } from '../../src/data/fact-at.ts';
import { measuredBranch } from '../../src/data/measured.ts';
import { branchOf } from '../../src/model/release.ts';
import type { Fact } from '../../src/schema/fact.ts';
import type { MeasuredResult, Measurement } from '../../src/schema/measurement.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { renderEntry } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { classify } from './classify.ts';
import type { MeasuredGuest } from './guests.ts';
import type { Reported } from './parse-report.ts';
import type { Probe } from './probe.ts';

/** What was run, in versions of packages. */
export interface Setup {
  readonly xen: string;
  readonly qemu: string;
  /** The kernel of the dom0 that started the guest; null where the probe is dom0. */
  readonly dom0: string | null;
  readonly machine: string;
  /** When the newer of the packages of Xen and of QEMU was made, as a date. */
  readonly packaged: string;
}

/** Facts as a release had them; those that it did not have, or that were not read of it, are left out. */
export function factsAt(facts: readonly Fact[], release: string): Fact[] {
  return facts.flatMap((fact) => {
    const then = factAt(fact, branchOf(release));
    return then === 'absent' || then === 'unread' ? [] : [then];
  });
}

/** Probes that the guest can run and that it did not report. */
function missing(
  { id, runs }: MeasuredGuest,
  probes: readonly Probe[],
  reports: readonly Reported[],
): Problem[] {
  const reported = new Set(reports.map(({ probe }) => probe));
  const lost = probes.filter(({ id, on }) => (on === 'both' || on === runs) && !reported.has(id));
  if (lost.length === 0) return [];
  return [
    problem(
      'measurement-broken',
      { path: `measurement of ${id}` },
      {
        actual: `no report of ${lost.length} probes`,
        expected: 'a line for every probe that the guest can run',
        details: lost.map((probe) => probe.id),
      },
    ),
  ];
}

export function deriveMeasurement(
  guest: MeasuredGuest,
  setup: Setup,
  probes: readonly Probe[],
  reports: readonly Reported[],
): { readonly measurement: Measurement; readonly problems: readonly Problem[] } {
  const probeById = new Map(probes.map((probe) => [probe.id, probe]));
  const isDom0 = !('xl' in guest.start);
  const nop = reports.find(({ probe }) => probe === 'nop')?.least ?? 0;
  const results = reports.flatMap((report): MeasuredResult[] => {
    const probe = probeById.get(report.probe);
    if (probe === undefined) return [];
    const { id, subject, tried, access, given, facts } = probe;
    const asked = {
      probe: id,
      subject,
      tried,
      ...(access === undefined ? {} : { access }),
      ...(given === undefined ? {} : { given: [...given] }),
    };
    return [
      {
        ...asked,
        ...classify(probe, report, nop, isDom0),
        facts: [...facts],
      },
    ];
  });
  const { title, guest: type, start } = guest;
  const settings = 'xl' in start ? start.xl : {};
  return {
    measurement: {
      id: `${measuredBranch(setup)}/${guest.id}`,
      title,
      guest: type,
      ...setup,
      crossed: null,
      settings,
      results,
    },
    problems: missing(guest, probes, reports),
  };
}

const GENERATED =
  'Written by `npm run atlas -- measure`. Do not edit: the next measurement overwrites it.';

/** The file of a measurement below `content/`. */
export function measurementPath({ id }: Pick<Measurement, 'id'>): string {
  return `measurements/${id}.md`;
}

export function renderMeasurement(measurement: Measurement): TextFile {
  const body = `${measurement.results.length} probes in one guest.`;
  return { path: measurementPath(measurement), text: renderEntry(measurement, body, GENERATED) };
}
