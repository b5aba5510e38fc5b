import { expect, it } from 'vitest';
import { sampleCell, sampleRow } from '../../../tests/samples/matrix-rows.ts';
import { parseSort, sortRows } from './sort-rows.ts';

const rows = [
  { row: sampleRow('cpu/lgdt') },
  {
    row: sampleRow('cpu/fpu', {
      cells: {
        pv: sampleCell({ conditions: 1 }),
        hvm: sampleCell({ verdict: '1', conditions: 9 }),
      },
    }),
  },
  { row: sampleRow('time/pit', { cells: { pv: sampleCell({ conditions: 2 }) } }) },
];
const order = (sort: string, columns: readonly ('pv' | 'hvm')[] = ['pv', 'hvm']) =>
  sortRows(rows, parseSort(sort), columns).map(({ row }) => row.title);

it('leaves the order of the table', () => {
  expect(order('')).toEqual(['lgdt', 'fpu', 'pit']);
});

it('sorts by title', () => {
  expect(order('title')).toEqual(['fpu', 'lgdt', 'pit']);
});

it('puts the most different and the most conditional of the shown columns first', () => {
  expect(order('differing')).toEqual(['fpu', 'pit', 'lgdt']);
  expect(order('conditions')).toEqual(['fpu', 'pit', 'lgdt']);
  expect(order('conditions', ['pv'])).toEqual(['pit', 'fpu', 'lgdt']);
});
