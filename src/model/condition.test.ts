import { describe, expect, it } from 'vitest';
import { describeCondition, isUnconditional } from './condition.ts';

describe('describeCondition', () => {
  it('says nothing without a condition', () => {
    expect(describeCondition(undefined)).toBe('');
    expect(describeCondition({})).toBe('');
  });

  it('joins what holds and what does not, in the order of the keys', () => {
    expect(
      describeCondition({
        feature: ['!pit-clocksource'],
        guest: ['io-permission', '!ports-granted'],
        ports: ['0x70', '0x71'],
      }),
    ).toBe(
      'without the PIT as Xen’s own clock source, when the guest has I/O permission, unless the toolstack granted the ports, on port 0x70 or 0x71',
    );
  });

  it('writes settings as a reader types them', () => {
    expect(describeCondition({ xl: { hpet: 0 } })).toBe('with `hpet=0` in xl.cfg');
    expect(describeCondition({ cmdline: 'ro-hpet=0' })).toBe(
      'with `ro-hpet=0` on Xen’s command line',
    );
  });
});

describe('isUnconditional', () => {
  it('takes an empty condition for none', () => {
    expect(isUnconditional(undefined)).toBe(true);
    expect(isUnconditional({ ports: undefined })).toBe(true);
    expect(isUnconditional({ ports: ['0x61'] })).toBe(false);
  });
});
