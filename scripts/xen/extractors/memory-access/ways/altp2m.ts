/** What every way by alternate views of memory needs. */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, sinceOption } from '../../../authored.ts';

/** EPT, and the option that is off by default. */
export const ALTP2M = {
  vendor: 'intel',
  paging: 'hap',
  cmdline: 'altp2m',
} as const satisfies Condition;

/** Builds before 4.20 cannot leave alternate views out. */
export const inAltp2m = (handling: AuthoredHandling) =>
  sinceOption('4.20', 'CONFIG_ALTP2M', handling);
