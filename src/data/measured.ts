/** What guests did, against what the facts say of them. */

import type { Handling } from '../model/handling.ts';
import { branchOf } from '../model/release.ts';
import type { Fact } from '../schema/fact.ts';
import type { MeasuredResult, Measurement, Reading } from '../schema/measurement.ts';
import type { Content } from './content.ts';
import { factAt } from './fact-at.ts';
import { type MeasuredVerdict, verdictOf } from './measured-verdict.ts';

/** A result, and what came of the comparison with the facts that it is about. */
export interface ComparedResult extends MeasuredResult {
  readonly verdict: MeasuredVerdict;
}

export interface ComparedMeasurement extends Omit<Measurement, 'results'> {
  readonly results: readonly ComparedResult[];
}

/** The branch of Xen that was measured: `4.17` of a package’s version `4.17.5+72-g…`. */
export function measuredBranch({ xen }: Pick<Measurement, 'xen'>): string {
  return branchOf(/^\d+\.\d+\.\d+/.exec(xen)?.[0] ?? xen);
}

/** The release of a package of QEMU: `7.2` of `1:7.2+dfsg-7`. */
export function emulatorOf(version: string): string {
  return /^(?:\d+:)?(\d+\.\d+)/.exec(version)?.[1] ?? version;
}

/** The verdict on a result; `disputed` unless what became of it under the other emulator leads to the same. */
function verdictUnderBoth(
  { other, ...result }: MeasuredResult,
  statements: readonly (readonly Handling[])[],
  measurement: Measurement,
): MeasuredVerdict {
  const verdict = verdictOf(result, statements, measurement);
  if (other === undefined) return verdict;
  const { exception, value: _, ...asked } = result;
  const isSame = other.class === result.class && other.exception === exception;
  const there = verdictOf({ ...asked, ...other }, statements, measurement);
  return isSame && there === verdict ? verdict : 'disputed';
}

/** Compares a measurement with the facts as the measured release had them. */
export function compareMeasurement(
  measurement: Measurement,
  facts: readonly Fact[],
): ComparedMeasurement {
  const branch = measuredBranch(measurement);
  const factById = new Map(
    facts.flatMap((fact) => {
      const then = factAt(fact, branch);
      return then === 'absent' || then === 'unread' ? [] : [[fact.id, then] as const];
    }),
  );
  const results = measurement.results.map((result) => ({
    ...result,
    verdict: verdictUnderBoth(
      result,
      result.facts.flatMap((id) => {
        const fact = factById.get(id);
        return fact === undefined ? [] : [fact.guests[measurement.guest]];
      }),
      measurement,
    ),
  }));
  return { ...measurement, results };
}

/** Every measurement with its verdicts, in the order of their ids. */
export function compareAll({
  facts,
  measurements,
}: Pick<Content, 'facts' | 'measurements'>): ComparedMeasurement[] {
  return measurements.map((measurement) => compareMeasurement(measurement, facts));
}

/** Results of one measurement, as those of a fact. */
export interface MeasuredOfFact {
  readonly measurement: ComparedMeasurement;
  readonly results: readonly ComparedResult[];
}

/** What was measured of a fact. */
export function measuredOf(
  fact: string,
  measurements: readonly ComparedMeasurement[],
): MeasuredOfFact[] {
  return measurements.flatMap((measurement) => {
    const results = measurement.results.filter(({ facts }) => facts.includes(fact));
    return results.length === 0 ? [] : [{ measurement, results }];
  });
}

/** The result in words: `#GP`, `Xen: 0x0`, `native`. */
export function resultWords({
  class: result,
  exception,
  value,
}: Pick<MeasuredResult, 'class' | 'exception' | 'value'>): string {
  if (result === 'exception') return exception ?? 'exception';
  const who = { xen: 'Xen', qemu: 'QEMU', native: 'native', lazy: 'lazy', untried: 'untried' };
  return value === undefined ? who[result] : `${who[result]}: ${value}`;
}

/** The reading of a result that does not agree; undefined while nobody has read it. */
export function readingOf(
  { probe, verdict }: ComparedResult,
  { id }: Pick<Measurement, 'id'>,
  readings: readonly Reading[],
): Reading | undefined {
  if (verdict !== 'disagrees' && verdict !== 'disputed') return undefined;
  return readings.find(
    ({ measurements, probes }) => measurements.includes(id) && probes.includes(probe),
  );
}

/** How much was measured, and whether it agrees: `measured: 12 results agree`. */
export function measuredWords(results: readonly ComparedResult[]): string {
  const agree = results.filter(({ verdict }) => verdict === 'agrees').length;
  const not = results.filter(({ verdict }) => verdict === 'disagrees').length;
  return `measured: ${agree} of ${results.length} results agree${not === 0 ? '' : `, ${not} do not`}`;
}
