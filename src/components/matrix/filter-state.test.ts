import { describe, expect, it } from 'vitest';
import {
  DEFAULT_COLUMNS,
  type FilterRow,
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
    '?columns=pv,pvh-dom0',
    '?columns=all',
  ])('comes back as it was: %s', (query) => {
    expect(renderFilterState(parseFilterState(query))).toBe(query);
  });

  it('ignores columns that do not exist', () => {
    expect(parseFilterState('?columns=nothing').columns).toEqual(DEFAULT_COLUMNS);
  });
});

const row: FilterRow = {
  area: 'time',
  text: 'PIT time/pit',
  cells: {
    pv: { hows: ['absent'], bys: [], verdict: '0' },
    pvh: { hows: ['absent'], bys: [], verdict: '0' },
    hvm: { hows: ['emulated'], bys: ['xen'], verdict: '2' },
    'pv-dom0': { hows: ['emulated', 'passthrough'], bys: ['xen'], verdict: '3' },
  },
};

describe('rowMatches', () => {
  it('looks at the shown columns only', () => {
    expect(rowMatches(row, parseFilterState('?how=passthrough'))).toBe(false);
    expect(rowMatches(row, parseFilterState('?how=passthrough&columns=pv-dom0'))).toBe(true);
  });

  it('wants how and by of the same cell', () => {
    expect(rowMatches(row, parseFilterState('?how=absent&by=xen'))).toBe(false);
  });

  it('tells rows whose shown columns differ', () => {
    expect(rowMatches(row, parseFilterState('?differs=1'))).toBe(true);
    expect(rowMatches(row, parseFilterState('?differs=1&columns=pv,pvh'))).toBe(false);
  });

  it('wants every word of the text', () => {
    expect(rowMatches(row, parseFilterState('?q=PIT%20time'))).toBe(true);
    expect(rowMatches(row, parseFilterState('?q=pit%20vga'))).toBe(false);
  });
});

it('names the columns that answer', () => {
  expect(matchingColumns(row, parseFilterState('?how=emulated'))).toEqual(['hvm']);
});
