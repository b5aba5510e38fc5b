import { describe, expect, it } from 'vitest';
import { perGuest } from '../../model/guest-types.ts';
import type { FactOf } from '../../schema/fact.ts';
import { armTrapView } from './arm-trap.ts';

const FACT: FactOf<'arm-trap'> = {
  id: 'arm-trap/sysreg-oak-el1',
  kind: 'arm-trap',
  title: 'OAK_EL1',
  guests: perGuest(() => [{ how: 'absent', evidence: [0] }]),
  attributes: {
    register: 'OAK_EL1',
    function: null,
    group: 'debug',
    names: ['HSR_SYSREG_OAK_EL1'],
    handler: 'do_sysreg',
    answer: 'handle_oak',
    traps: ['HDCR_TOAK', 'HDCR_TELM'],
    bits: 64,
    kconfig: ['CONFIG_OAK'],
  },
  evidence: [{ path: 'xen/arch/arm/oak.c', symbol: 'do_sysreg' }],
  origin: 'extracted',
  release: '4.22.0',
  history: [{ release: '4.22', change: 'present' }],
};

const BARE: FactOf<'arm-trap'> = {
  ...FACT,
  attributes: {
    ...FACT.attributes,
    register: null,
    answer: null,
    traps: [],
    bits: null,
    kconfig: [],
  },
};

function rows(fact: FactOf<'arm-trap'>) {
  return Object.fromEntries(
    armTrapView
      .attributeRows(fact)
      .map(({ label, lines }) => [
        label,
        lines.map((parts) => parts.map(({ text }) => text).join('')),
      ]),
  );
}

describe('the view of a trap of Arm', () => {
  it('says what traps, by what, and who answers', () => {
    expect(rows(FACT)).toEqual({
      Group: ['Debug'],
      Register: ['OAK_EL1'],
      'In the source': ['HSR_SYSREG_OAK_EL1'],
      'Named by': ['do_sysreg'],
      'Answered by': ['handle_oak'],
      'Traps by': ['HDCR_TOAK, HDCR_TELM'],
      'State of the caller': ['AArch64'],
      'Build options': ['CONFIG_OAK'],
    });
    expect(armTrapView.sentence(FACT)).toBe(
      'OAK_EL1: `do_sysreg`, answered by `handle_oak`. Traps by `HDCR_TOAK` and `HDCR_TELM`.',
    );
  });

  it('leaves out what is absent', () => {
    expect(Object.keys(rows(BARE))).toEqual(['Group', 'In the source', 'Named by']);
    expect(armTrapView.sentence(BARE)).toBe('OAK_EL1: `do_sysreg`.');
  });

  it('is found by the register, the functions and the controls', () => {
    const found = armTrapView.named(FACT).map(({ subject }) => 'name' in subject && subject.name);
    for (const name of ['OAK_EL1', 'do_sysreg', 'handle_oak', 'HDCR_TOAK']) {
      expect(found).toContain(name);
    }
  });

  it('comes in the order of the groups', () => {
    expect(armTrapView.order(FACT)).toBeGreaterThan(
      armTrapView.order({ ...FACT, attributes: { ...FACT.attributes, group: 'exception' } }),
    );
    expect(armTrapView.values(FACT)).toEqual(['Debug', 'do_sysreg', 'handle_oak']);
  });
});
