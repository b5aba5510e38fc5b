import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import type { MeasuredResult, Measurement } from '../schema/measurement.ts';
import { compareMeasurement, measuredBranch } from './measured.ts';
import { markWords, measuredMark } from './measured-cells.ts';
import { disputesOf } from './measured-disputes.ts';
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
    packaged: '2026-01-01',
    crossed: null,
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

describe('a result', () => {
  it('that is lazy is emulated under a condition, or native', () => {
    const first = { ...emulated, when: { guest: ['!debug-registers-loaded'] } } as const;
    const then = { ...native, when: { guest: ['debug-registers-loaded'] } } as const;
    expect(verdict([first, then], { class: 'lazy' })).toBe('agrees');
    expect(verdict([native], { class: 'lazy' })).toBe('agrees');
    expect(verdict([emulated], { class: 'lazy' })).toBe('disagrees');
  });

  it('on which the emulators differ tells nothing, unless both tell the same', () => {
    const other = { class: 'exception', exception: '#UD' } as const;
    expect(verdict([emulated], { other })).toBe('disputed');
    expect(verdict([emulated], { value: '0x1', other: { class: 'xen', value: '0x2' } })).toBe(
      'agrees',
    );
    const zero = { how: 'refused', by: 'xen', effect: 'zero', evidence: [0] } as const;
    expect(verdict([zero], { value: '0x0', other: { class: 'xen', value: '0x2' } })).toBe(
      'disputed',
    );
  });

  it('in a state that the probe brings about is compared with what holds there', () => {
    const at = { ...native, when: { guest: ['iopl'] } } as const;
    const not = { ...emulated, when: { guest: ['!iopl'] } } as const;
    expect(verdict([at, not], {})).toBe('agrees');
    expect(verdict([at, not], { given: ['iopl'] })).toBe('disagrees');
  });

  it('of a guest without a device model is not compared with what QEMU does', () => {
    const asked = { ...measurement({ class: 'xen' }), settings: { device_model_override: '/no' } };
    const byQemu = { ...emulated, by: 'qemu' } as const;
    const judged = (hvm: Fact['guests']['hvm']) =>
      compareMeasurement(asked, [fact(hvm)]).results[0]?.verdict;
    expect(judged([byQemu])).toBe('not-compared');
    expect(judged([byQemu, { ...native, when: { guest: ['!ioreq-server'] } }])).toBe('disagrees');
  });
});

describe('measuredMark', () => {
  const mark = (hvm: Fact['guests']['hvm'], cell: Fact['guests']['hvm'], xen?: string) =>
    measuredMark({ guest: 'hvm', handlings: cell, facts: [(pattern as Fact).id] }, [
      compareMeasurement(measurement({}, xen), [fact(hvm)]),
      compareMeasurement(measurement({}, '4.20.2-1'), [fact(hvm)]),
    ]);

  it('needs a result that is as the cell and as the fact say', () => {
    expect(mark([emulated], [emulated])).toEqual({ branches: ['4.17', '4.20'], results: 2 });
    expect(mark([emulated], [native])).toBeUndefined();
    expect(mark([native], [emulated])).toBeUndefined();
    expect(markWords({ branches: ['4.17', '4.20'], results: 2 })).toBe('measured on 4.17, 4.20');
  });
});

describe('disputesOf', () => {
  it('puts guests with the same outcomes together, the older emulator first', () => {
    const other = { class: 'native' } as const;
    const one = compareMeasurement({ ...measurement({ other }), crossed: '1:10.0.2-1' }, []);
    expect(disputesOf([one, { ...one, title: 'PV domU' }])).toEqual([
      {
        probe: 'x',
        subject: 'X',
        outcomes: ['QEMU 7.2: Xen', 'QEMU 10.0: native'],
        guests: ['HVM domU (4.17)', 'PV domU (4.17)'],
      },
    ]);
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
