import { describe, expect, it } from 'vitest';
import { conditionHolds, type Situation } from './condition-truth.ts';

const situation: Situation = {
  vendor: 'amd',
  features: { apicv: false, nrips: true },
  states: { 'x2apic-mode': false },
  xl: (key, value) => (key === 'hpet' && value === 0 ? 'yes' : 'no'),
  cmdline: () => 'unknown',
};

describe('conditionHolds', () => {
  it('holds where nothing is asked', () => {
    expect(conditionHolds(undefined, situation)).toBe('yes');
    expect(conditionHolds({}, situation)).toBe('yes');
  });

  it.each([
    [{ vendor: 'amd' }, 'yes'],
    [{ vendor: 'intel' }, 'no'],
    [{ paging: 'hap' }, 'unknown'],
    [{ feature: ['nrips'] }, 'yes'],
    [{ feature: ['!nrips'] }, 'no'],
    [{ feature: ['!apicv', 'nrips'] }, 'yes'],
    [{ feature: ['tpr-shadow'] }, 'unknown'],
    [{ guest: ['!x2apic-mode'] }, 'yes'],
    [{ xl: { hpet: 0 } }, 'yes'],
    [{ xl: { hpet: 1 } }, 'no'],
    [{ cmdline: 'vpmu' }, 'unknown'],
    [{ kconfig: ['CONFIG_PV32'] }, 'unknown'],
  ] as const)('of %j: %s', (when, truth) => {
    expect(conditionHolds(when, situation)).toBe(truth);
  });

  it('does not hold when one part does not, whatever is unknown', () => {
    expect(conditionHolds({ paging: 'hap', vendor: 'intel' }, situation)).toBe('no');
  });

  it('asks for options of the build, also for the lack of one', () => {
    const built: Situation = {
      ...situation,
      kconfig: (name) => (name === 'CONFIG_X' ? 'yes' : 'no'),
    };
    expect(conditionHolds({ kconfig: ['CONFIG_X', '!CONFIG_Y'] }, built)).toBe('yes');
    expect(conditionHolds({ kconfig: ['!CONFIG_X'] }, built)).toBe('no');
  });
});
