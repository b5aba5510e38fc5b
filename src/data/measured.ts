/** What guests did, against what the facts say of them. */

import { conditionHolds, type Truth } from '../model/condition-truth.ts';
import type { Handling } from '../model/handling.ts';
import type { MeasuredClass } from '../model/measured.ts';
import { branchOf } from '../model/release.ts';
import type { Fact } from '../schema/fact.ts';
import type { MeasuredResult, Measurement, Reading } from '../schema/measurement.ts';
import type { Content } from './content.ts';
import { factAt } from './fact-at.ts';
import { measuredSituation } from './measured-situation.ts';

export type MeasuredVerdict = 'agrees' | 'disagrees' | 'not-compared';

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

/** All ones in as many bits as were read. */
const ALL_ONES = /^0x(?:ff|ffff|ffffffff|ffffffffffffffff)$/;

function isOneOf(result: MeasuredResult, classes: readonly MeasuredClass[]): boolean {
  return classes.includes(result.class);
}

/** Whether the result is what a refusal looks like; undefined where a probe cannot tell. */
function looksRefused({ effect }: Handling, result: MeasuredResult): boolean | undefined {
  const { value } = result;
  switch (effect) {
    case '#GP':
    case '#UD':
    case '#PF':
      return result.class === 'exception' && result.exception === effect;
    case 'all-ones':
      return value === undefined ? undefined : ALL_ONES.test(value);
    case 'zero':
      return value === undefined ? undefined : value === '0x0';
    case 'ignored':
      return result.class !== 'exception';
    case 'error':
      return value?.startsWith('-E');
    default:
      return undefined;
  }
}

/** Whether a hypercall answered as a handling says. */
function answers(handling: Handling, result: MeasuredResult): boolean | undefined {
  if (handling.how === 'hidden') return result.value === '-ENOSYS';
  if (handling.how === 'exposed') return result.value !== '-ENOSYS';
  return handling.how === 'refused' ? looksRefused(handling, result) : undefined;
}

/** Whether the result is what a handling says; undefined where it says nothing that a probe can tell. */
function fits(handling: Handling, result: MeasuredResult): boolean | undefined {
  if (result.tried === 'hypercall') return answers(handling, result);
  switch (handling.how) {
    case 'native':
    case 'hardware':
      return isOneOf(result, ['native']);
    case 'emulated':
    case 'mediated':
      return isOneOf(result, handling.by === 'qemu' ? ['qemu'] : ['xen']);
    case 'passthrough':
      return isOneOf(result, handling.by === 'cpu' ? ['native'] : ['xen']);
    case 'refused':
      return looksRefused(handling, result);
    default:
      return undefined;
  }
}

interface Applying {
  readonly handling: Handling;
  readonly truth: Truth;
}

/** The handlings that may apply: what surely holds under a condition stands before the default. */
function applying(
  handlings: readonly Handling[],
  { access: tried }: MeasuredResult,
  measurement: Measurement,
): readonly Applying[] {
  const situation = measuredSituation(measurement);
  const asked = handlings
    .filter(({ access }) => access === undefined || access === 'both' || access === tried)
    .map((handling) => ({ handling, truth: conditionHolds(handling.when, situation) }));
  const sure = asked.filter(
    ({ handling, truth }) => handling.when !== undefined && truth === 'yes',
  );
  const defaults = asked.filter(({ handling }) => handling.when === undefined);
  const open = asked.filter(({ truth }) => truth === 'unknown');
  return [...(sure.length > 0 ? sure : defaults), ...open];
}

/**
 * A result agrees when a handling that may apply says so, and disagrees when one that surely applies says something
 * else. What was not tried, and statements that no probe can tell, are not compared.
 */
function compareResult(
  result: MeasuredResult,
  measurement: Measurement,
  factById: ReadonlyMap<string, Fact>,
): MeasuredVerdict {
  if (result.class === 'untried') return 'not-compared';
  const said = result.facts
    .flatMap((id) => factById.get(id) ?? [])
    .flatMap((fact) => applying(fact.guests[measurement.guest], result, measurement))
    .map(({ handling, truth }) => ({ truth, fits: fits(handling, result) }));
  if (said.some((one) => one.fits === true)) return 'agrees';
  const open = said.some((one) => one.fits === undefined || one.truth === 'unknown');
  return said.length > 0 && !open ? 'disagrees' : 'not-compared';
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
    verdict: compareResult(result, measurement, factById),
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
export function resultWords({ class: result, exception, value }: MeasuredResult): string {
  if (result === 'exception') return exception ?? 'exception';
  const who = { xen: 'Xen', qemu: 'QEMU', native: 'native', untried: 'untried' };
  return value === undefined ? who[result] : `${who[result]}: ${value}`;
}

/** The reading of a result that does not agree; undefined while nobody has read it. */
export function readingOf(
  { probe, verdict }: ComparedResult,
  { id }: Pick<Measurement, 'id'>,
  readings: readonly Reading[],
): Reading | undefined {
  if (verdict !== 'disagrees') return undefined;
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
