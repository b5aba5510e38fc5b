import { describe, expect, it } from 'vitest';
import { sampleCell, sampleRow } from '../../../tests/samples/matrix-rows.ts';
import {
  DEFAULT_COLUMNS,
  matchingColumns,
  parseFilterState,
  renderFilterState,
  rowMatches,
} from './filter-state.ts';

describe('the state in the address', () => {
  it('is empty for the view at first', () => {
    expect(renderFilterState(parseFilterState(''))).toBe('');
  });

  it.each([
    '?how=emulated&by=qemu',
    '?area=time&q=pit+clock&differs=1',
    '?when=xl:hpet&origin=taken-over&release=changed-4.18&sort=conditions',
    '?columns=pv,pvh-dom0',
    '?columns=all&open=time/pit,time/hpet',
  ])('comes back as it was: %s', (query) => {
    expect(renderFilterState(parseFilterState(query))).toBe(query);
  });

  it('ignores columns and orders that do not exist', () => {
    const { columns, sort } = parseFilterState('?columns=nothing&sort=nothing');
    expect(columns).toEqual(DEFAULT_COLUMNS);
    expect(sort).toBe('');
  });
});

const row = sampleRow('time/pit', {
  text: 'PIT time/pit',
  releases: ['changed-4.18'],
  cells: {
    pv: sampleCell({ hows: ['absent'], verdict: '0' }),
    pvh: sampleCell({ hows: ['absent'], verdict: '0', origins: ['derived', 'taken-over'] }),
    hvm: sampleCell({
      hows: ['emulated'],
      bys: ['xen'],
      verdict: '2',
      claims: ['vendor', 'xl:hpet'],
    }),
    'pv-dom0': sampleCell({ hows: ['emulated', 'passthrough'], bys: ['xen'], verdict: '3' }),
  },
});

describe('rowMatches', () => {
  it('looks at the shown columns only', () => {
    expect(rowMatches(row, parseFilterState('?how=passthrough'))).toBe(false);
    expect(rowMatches(row, parseFilterState('?how=passthrough&columns=pv-dom0'))).toBe(true);
  });

  it('wants how, by and what it depends on of the same cell', () => {
    expect(rowMatches(row, parseFilterState('?how=absent&by=xen'))).toBe(false);
    expect(rowMatches(row, parseFilterState('?how=absent&when=vendor'))).toBe(false);
  });

  it('tells rows whose shown columns differ', () => {
    expect(rowMatches(row, parseFilterState('?differs=1'))).toBe(true);
    expect(rowMatches(row, parseFilterState('?differs=1&columns=pv,pvh'))).toBe(false);
  });

  it('wants every word of the text', () => {
    expect(rowMatches(row, parseFilterState('?q=PIT%20time'))).toBe(true);
    expect(rowMatches(row, parseFilterState('?q=pit%20vga'))).toBe(false);
  });

  it('knows the releases of a row', () => {
    expect(rowMatches(row, parseFilterState('?release=changed-4.18'))).toBe(true);
    expect(rowMatches(row, parseFilterState('?release=changed-4.19'))).toBe(false);
  });
});

describe('the columns that answer', () => {
  it.each([
    ['?how=emulated', ['hvm']],
    ['?when=xl', ['hvm']],
    ['?when=xl:hpet', ['hvm']],
    ['?when=xl:hp', []],
    ['?when=any', ['hvm']],
    ['?when=none', ['pv', 'pvh']],
    ['?origin=taken-over', ['pvh']],
  ])('%s', (query, columns) => {
    expect(matchingColumns(row, parseFilterState(query))).toEqual(columns);
  });
});
