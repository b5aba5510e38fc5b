import { expect, it } from 'vitest';
import type { MeasuredResult, Measurement } from '../../src/schema/measurement.ts';
import { crossMeasurements, uncrossed } from './cross.ts';

const result = (more: Partial<MeasuredResult>): MeasuredResult => ({
  probe: 'x',
  subject: 'X',
  tried: 'instruction',
  class: 'native',
  facts: [],
  ...more,
});
const measurement = (qemu: string, ...results: MeasuredResult[]): Measurement => ({
  id: '4.17/pv',
  title: 'PV domU',
  guest: 'pv',
  xen: '4.17.5',
  qemu,
  dom0: null,
  machine: 'q35',
  packaged: '2026-01-01',
  crossed: null,
  settings: {},
  results,
});

it('keeps what the other emulator did only where that is something else', () => {
  const here = measurement(
    '7.2',
    result({ probe: 'same', value: '0x1' }),
    result({ probe: 'value', value: '0x1' }),
    result({ probe: 'class' }),
    result({ probe: 'missing' }),
  );
  const there = measurement(
    '10.0',
    result({ probe: 'same', value: '0x1' }),
    result({ probe: 'value', value: '0x2' }),
    result({ probe: 'class', class: 'exception', exception: '#UD' }),
  );
  const crossed = crossMeasurements(here, there);
  expect(crossed.crossed).toBe('10.0');
  expect(crossed.results.map(({ other }) => other)).toEqual([
    undefined,
    { class: 'native', value: '0x2' },
    { class: 'exception', exception: '#UD' },
    undefined,
  ]);
  expect(uncrossed(crossed)).toEqual(here);
});
