import { expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { conditionParts, joinParts } from './condition-parts.ts';

const whole: Condition = {
  vendor: 'intel',
  feature: ['apicv', '!pml'],
  guest: ['x2apic-mode'],
  xl: { hpet: 0, acpi: 1 },
  ports: ['0x70', '0x71'],
  kconfig: ['CONFIG_PV32'],
  cpuid: ['!lm', 'umip'],
};

it('takes a condition apart into single claims and puts it together again', () => {
  const parts = conditionParts(whole);
  expect(parts).toHaveLength(10);
  expect(parts).toContainEqual({ ports: ['0x70', '0x71'] });
  expect(joinParts(parts)).toEqual(whole);
});

it('of nothing makes nothing', () => {
  expect(conditionParts(undefined)).toEqual([]);
  expect(conditionParts({ vendor: undefined })).toEqual([]);
  expect(joinParts([])).toBeUndefined();
});
