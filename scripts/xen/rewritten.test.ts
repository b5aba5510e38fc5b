import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/schema/fact.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { rewrittenBetween } from './rewritten.ts';

const pit = SAMPLE.facts.find(({ id }) => id === 'io-port/pit') as Fact;
const place = (fingerprint: string, more = {}) => ({
  path: 'xen/a.c',
  symbol: 'turn',
  fingerprint,
  ...more,
});
const [ONE, TWO] = ['1'.repeat(16), '2'.repeat(16)] as const;
const fact = (id: string, evidence: unknown, hvm: 'emulated' | 'absent' = 'emulated') =>
  ({
    ...pit,
    id,
    guests: { ...pit.guests, hvm: [{ how: hvm, evidence: [0] }] },
    evidence: [evidence],
  }) as Fact;

describe('rewrittenBetween', () => {
  it('names a text that changed under facts that did not', () => {
    expect(rewrittenBetween([fact('a', place(ONE))], [fact('a', place(TWO))])).toEqual([
      { path: 'xen/a.c', symbol: 'turn' },
    ]);
  });

  it.each<[string, Fact[], Fact[]]>([
    ['the text is the same', [fact('a', place(ONE))], [fact('a', place(ONE))]],
    ['a cell changed', [fact('a', place(ONE))], [fact('a', place(TWO), 'absent')]],
    [
      'a cell of another fact changed that rests on it',
      [fact('a', place(ONE)), fact('b', place(ONE))],
      [fact('a', place(TWO)), fact('b', place(TWO), 'absent')],
    ],
    ['the fact is new', [], [fact('a', place(TWO))]],
    [
      'the evidence is a line only',
      [fact('a', place(ONE, { anchor: 'x' }))],
      [fact('a', place(TWO, { anchor: 'x' }))],
    ],
  ])('is silent where %s', (_what, before, after) => {
    expect(rewrittenBetween(before, after)).toEqual([]);
  });
});
