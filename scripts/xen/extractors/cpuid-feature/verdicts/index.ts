import { isInSpan } from '../../../../../src/model/release.ts';
import { HOST_VERDICTS } from './host.ts';
import { RUN_TIME_VERDICTS } from './run-time.ts';
import { SPECULATION_VERDICTS } from './speculation.ts';
import { SYNTHESISED_VERDICTS } from './synthesised.ts';
import type { Verdict } from './verdict.ts';
import { VIRTUALIZATION_VERDICTS } from './virtualization.ts';

const VERDICTS: readonly Verdict[] = [
  ...HOST_VERDICTS,
  ...VIRTUALIZATION_VERDICTS,
  ...SPECULATION_VERDICTS,
  ...SYNTHESISED_VERDICTS,
  ...RUN_TIME_VERDICTS,
];

/** The entry for a feature in a release; where nothing adjusts the bit, only one that does not rest on such places. */
export function verdictOn(
  feature: string,
  release: string,
  isAdjusted: boolean,
): Verdict | undefined {
  const verdict = VERDICTS.find((one) => one.features.includes(feature) && isInSpan(one, release));
  return isAdjusted || verdict?.sites.length === 0 ? verdict : undefined;
}
