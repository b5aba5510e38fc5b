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

/** The same for PVH guests, to which libxl gives no views since 4.21 unless it is told how many. */
export const counted = ([first, ...rest]: readonly [
  AuthoredHandling,
  ...AuthoredHandling[],
]): readonly [AuthoredHandling, ...AuthoredHandling[]] => {
  const later = [first, ...rest]
    .filter(({ until }) => until === undefined)
    .map((handling) => ({
      ...handling,
      when: { ...handling.when, xl: { ...handling.when?.xl, altp2m_count: 'N' } },
      since: '4.21',
    }));
  const before = (handling: AuthoredHandling) => ({ until: '4.21', ...handling });
  return [before(first), ...rest.map(before), ...later];
};
