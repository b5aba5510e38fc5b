import { expect, it } from 'vitest';
import { parseLastBranchRows } from './last-branch.ts';

const NUMBERS: Readonly<Record<string, bigint>> = { FOUR: 4n };
const environment = { name: (name: string) => NUMBERS[name] };

it('takes the rows of every table once, up to the one that ends it', () => {
  const text = `
static const struct row {
    u32 base, count;
} old_lbr[] = {
    { MSR_TO,   1 },
    { MSR_FROM, FOUR },
    { 0, 0 }
}, new_lbr[] = {
    { MSR_TO,   1 },
    { MSR_TOS,  1 },
    { 0, 0 }
};`;
  expect(parseLastBranchRows(text, environment)).toEqual([
    ['MSR_TO', 'MSR_TO'],
    ['MSR_FROM', 'MSR_FROM + 3'],
    ['MSR_TOS', 'MSR_TOS'],
  ]);
});

it('finds none in other tables', () => {
  expect(parseLastBranchRows('int others[] = { { MSR_TO, 1 } };', environment)).toEqual([]);
});
