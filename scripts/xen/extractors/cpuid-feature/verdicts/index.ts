import { isInSpan } from '../../../../../src/model/release.ts';
import { HOST_VERDICTS } from './host.ts';
import { RUN_TIME_VERDICTS } from './run-time.ts';
import { SPECULATION_VERDICTS } from './speculation.ts';
import type { Verdict } from './verdict.ts';
import { VIRTUALIZATION_VERDICTS } from './virtualization.ts';

const VERDICTS: readonly Verdict[] = [
  ...HOST_VERDICTS,
  ...VIRTUALIZATION_VERDICTS,
  ...SPECULATION_VERDICTS,
  ...RUN_TIME_VERDICTS,
];

/** The entry for a feature in a release. */
export function verdictOn(feature: string, release: string): Verdict | undefined {
  return VERDICTS.find((one) => one.features.includes(feature) && isInSpan(one, release));
}
