/** What a guest did, against the handlings that a statement lists. */

import { conditionHolds, type Truth } from '../model/condition-truth.ts';
import type { Handling } from '../model/handling.ts';
import type { MeasuredClass } from '../model/measured.ts';
import type { MeasuredResult } from '../schema/measurement.ts';
import { hasDeviceModel, type MeasuredGuest, measuredSituation } from './measured-situation.ts';

/** `disputed`: the emulators do not agree, so that nothing can be concluded about Xen. */
export type MeasuredVerdict = 'agrees' | 'disagrees' | 'disputed' | 'not-compared';

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
      return isOneOf(result, ['native', 'lazy']);
    case 'emulated':
      // What leaves the guest only the first time is emulated under a condition.
      if (result.class === 'lazy') return handling.by !== 'qemu' && handling.when !== undefined;
      return isOneOf(result, handling.by === 'qemu' ? ['qemu'] : ['xen']);
    case 'mediated':
      return isOneOf(result, handling.by === 'qemu' ? ['qemu'] : ['xen']);
    case 'passthrough':
      return isOneOf(result, handling.by === 'cpu' ? ['native', 'lazy'] : ['xen']);
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

/** The handlings that may apply and say something of the guest: what surely holds under a condition stands before the default. */
function applying(
  handlings: readonly Handling[],
  { access: tried, given = [] }: MeasuredResult,
  measurement: MeasuredGuest,
): readonly Applying[] {
  const situation = measuredSituation(measurement, given);
  const asked = handlings
    .filter(({ how, by }) => how !== 'absent' && (by !== 'qemu' || hasDeviceModel(measurement)))
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
 * A result against statements, each a list of handlings. It agrees when a handling that may apply says so, and
 * disagrees when one that surely applies says something else. What was not tried, and what no probe can tell, is not
 * compared.
 */
export function verdictOf(
  result: MeasuredResult,
  statements: readonly (readonly Handling[])[],
  measurement: MeasuredGuest,
): MeasuredVerdict {
  if (result.class === 'untried') return 'not-compared';
  const said = statements
    .flatMap((handlings) => applying(handlings, result, measurement))
    .map(({ handling, truth }) => ({ truth, fits: fits(handling, result) }));
  if (said.some((one) => one.fits === true)) return 'agrees';
  const open = said.some((one) => one.fits === undefined || one.truth === 'unknown');
  return said.length > 0 && !open ? 'disagrees' : 'not-compared';
}
