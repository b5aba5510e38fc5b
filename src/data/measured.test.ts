import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import type { MeasuredResult, Measurement } from '../schema/measurement.ts';
import { compareMeasurement, measuredBranch } from './measured.ts';
import { cellWords, measuredTables } from './measured-table.ts';

const [pattern] = SAMPLE.facts;
if (pattern === undefined) throw new Error('the sample has a fact');

function fact(hvm: Fact['guests']['hvm']): Fact {
  return {
    ...(pattern as Fact),
    guests: { ...(pattern as Fact).guests, hvm },
    history: [{ release: '4.13', change: 'present' }],
  };
}

function measurement(
  result: Partial<MeasuredResult>,
  xen = '4.17.5+72-g01140da4e8-1',
): Measurement {
  return {
    id: `${measuredBranch({ xen })}/hvm`,
    title: 'HVM domU',
    guest: 'hvm',
    xen,
    qemu: '7.2',
    dom0: '6.1',
    machine: 'q35',
    settings: { vga: 'none' },
    results: [
      {
        probe: 'x',
        subject: 'X',
        tried: 'port',
        class: 'xen',
        facts: [(pattern as Fact).id],
        ...result,
      },
    ],
  };
}

const verdict = (hvm: Fact['guests']['hvm'], result: Partial<MeasuredResult>) =>
  compareMeasurement(measurement(result), [fact(hvm)]).results[0]?.verdict;

const emulated = { how: 'emulated', by: 'xen', evidence: [0] } as const;
const native = { how: 'native', by: 'cpu', evidence: [0] } as const;

describe('compareMeasurement', () => {
  it('finds who answered', () => {
    expect(verdict([emulated], { class: 'xen' })).toBe('agrees');
    expect(verdict([emulated], { class: 'native' })).toBe('disagrees');
    expect(verdict([emulated], { class: 'qemu' })).toBe('disagrees');
    expect(verdict([{ ...emulated, by: 'qemu' }], { class: 'qemu' })).toBe('agrees');
    expect(verdict([native], { class: 'native' })).toBe('agrees');
  });

  it('finds what a refusal looks like', () => {
    const refused = { how: 'refused', by: 'xen', evidence: [0] } as const;
    expect(verdict([{ ...refused, effect: '#GP' }], { class: 'exception', exception: '#GP' })).toBe(
      'agrees',
    );
    expect(verdict([{ ...refused, effect: '#GP' }], { class: 'exception', exception: '#UD' })).toBe(
      'disagrees',
    );
    expect(verdict([{ ...refused, effect: 'all-ones' }], { value: '0xffff' })).toBe('agrees');
    expect(verdict([{ ...refused, effect: 'zero' }], { value: '0x1' })).toBe('disagrees');
  });

  it('prefers what surely holds to the default, and does not judge by what is not known', () => {
    const onAmd = { ...native, when: { vendor: 'amd' } } as const;
    const onIntel = { ...native, when: { vendor: 'intel' } } as const;
    const without = { ...native, when: { xl: { vga: 'none' } } } as const;
    const unknown = { ...native, when: { kconfig: ['CONFIG_X'] } } as const;
    expect(verdict([emulated, onAmd], { class: 'xen' })).toBe('disagrees');
    expect(verdict([emulated, onIntel], { class: 'xen' })).toBe('agrees');
    expect(verdict([emulated, without], { class: 'native' })).toBe('agrees');
    expect(verdict([emulated, unknown], { class: 'native' })).toBe('agrees');
    expect(verdict([unknown], { class: 'xen' })).toBe('not-compared');
  });

  it('looks at the direction, and at hypercalls by their status', () => {
    expect(
      verdict(
        [
          { ...native, access: 'write' },
          { ...emulated, access: 'read' },
        ],
        { access: 'read' },
      ),
    ).toBe('agrees');
    const hidden = { how: 'hidden', evidence: [0] } as const;
    const call = { tried: 'hypercall', value: '-ENOSYS' } as const;
    expect(verdict([hidden], call)).toBe('agrees');
    expect(verdict([{ ...hidden, how: 'exposed' }], call)).toBe('disagrees');
  });

  it('compares nothing that was not tried, or of which the release had no fact', () => {
    expect(verdict([emulated], { class: 'untried' })).toBe('not-compared');
    const later = { ...fact([native]), history: [{ release: '4.20', change: 'added' as const }] };
    const [result] = compareMeasurement(measurement({}), [later]).results;
    expect(result?.verdict).toBe('not-compared');
  });
});

describe('measuredTables', () => {
  it('puts releases that agree into one cell, and says which where they differ', () => {
    const [table] = measuredTables([
      { ...compareMeasurement(measurement({ value: '0x1' }), []) },
      { ...compareMeasurement(measurement({ value: '0x2' }, '4.20.2-1'), []) },
    ]);
    const cells = table?.rows[0]?.cells.get('hvm') ?? [];
    expect(cellWords(cells)).toBe('Xen: 0x1 (4.17); Xen: 0x2 (4.20)');
    expect(cellWords(cells.slice(0, 1))).toBe('Xen: 0x1');
    expect(cellWords([])).toBe('');
  });
});
