import { describe, expect, it } from 'vitest';
import type { Guard } from '../../calls.ts';
import type { FlagSource } from '../emulation-flag/read.ts';
import { CONTAINERS, evaluateGuards, gateNames } from './gates.ts';

const none = { pv: false, hardwareDomain: false, min: 0n, opt: 0n };
const each = <T>(value: T) => ({
  pv: value,
  pvh: value,
  hvm: value,
  'pv-dom0': value,
  'pvh-dom0': value,
  'pv-shim': value,
});
/** HVM has the PIT, PVH dom0 has vPCI. */
const FLAGS: FlagSource = {
  flags: [
    { name: 'PIT', bit: 0, gate: 'has_vpit' },
    { name: 'VPCI', bit: 1, gate: 'has_vpci' },
  ],
  permitted: each(none),
  forced: each(0n),
  chosen: { ...each(0n), hvm: 1n, 'pvh-dom0': 2n },
  options: [],
};
const guard = (text: string): Guard => ({ text: text.replace(/^!/, ''), holds: text[0] !== '!' });

describe('evaluateGuards', () => {
  it.each([
    ['', 'pvh hvm pvh-dom0'],
    ['has_vpit(d)', 'hvm'],
    ['has_vpit(v->domain)', 'hvm'],
    ['!has_vpit(d)', 'pvh pvh-dom0'],
    ['has_vpci(d)', 'pvh-dom0'],
    ['is_hardware_domain(d)', 'pvh-dom0'],
    ['!is_hardware_domain(d)', 'pvh hvm'],
    ['is_hvm_domain(d)', 'pvh hvm pvh-dom0'],
    ['is_pv_domain(d)', ''],
    ['!rc', 'pvh hvm pvh-dom0'],
    ['has_vpit(d) is_hardware_domain(d)', ''],
  ])('%j lets %j through', (texts, expected) => {
    const guards = texts
      .split(' ')
      .filter((text) => text !== '')
      .map(guard);
    const reached = CONTAINERS.filter(
      (guest) => evaluateGuards(guards, guest, FLAGS).verdict.reached,
    );
    expect(reached.join(' ')).toBe(expected);
    expect(evaluateGuards(guards, 'hvm', FLAGS).unknown).toEqual([]);
  });

  it('keeps the condition of a platform', () => {
    expect(evaluateGuards([guard('amd_acpi_c1e_quirk')], 'hvm', FLAGS)).toEqual({
      verdict: { reached: true, when: { vendor: 'amd', feature: ['amd-c1e-quirk'] } },
      unknown: [],
    });
  });

  it.each(['has_wheel(d)', 'd->wheels > 4', 'has_vpit(d) || x', '!amd_acpi_c1e_quirk'])(
    'does not guess at %s',
    (text) => {
      expect(evaluateGuards([guard(text)], 'hvm', FLAGS).unknown).toEqual([guard(text)]);
    },
  );
});

it('gateNames lists predicates once, and those that must not hold with a mark', () => {
  const guards = [
    'has_vpit(d)',
    '!has_vrtc(d)',
    'rc',
    'has_vpit(d)',
    'is_cmos_port(p)',
    'pmtmr_ioport',
  ];
  expect(gateNames(guards.map(guard))).toEqual([
    'has_vpit',
    '!has_vrtc',
    'is_cmos_port',
    'pmtmr_ioport',
  ]);
});
