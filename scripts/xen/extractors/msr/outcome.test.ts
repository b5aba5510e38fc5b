import { expect, it } from 'vitest';
import { type Conditional, simplify } from './outcome.ts';

const ignored = { how: 'refused', by: 'xen', effect: 'ignored' } as const;
const written = { how: 'mediated', by: 'xen' } as const;
const statement = (outcome: Conditional['outcome'], ...tokens: string[]): Conditional => ({
  outcome,
  tokens: new Set(tokens),
});

it('keeps what a bad value brings back where good ones are written', () => {
  const all = [
    statement(ignored),
    statement(written, 'feature:host-msr', '!value'),
    statement(ignored, 'value'),
  ];
  expect(simplify(all)).toEqual(all);
});

it('leaves out what the default says', () => {
  const all = [statement(ignored), statement(ignored, 'value')];
  expect(simplify(all)).toEqual([statement(ignored)]);
});
