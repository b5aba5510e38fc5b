import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { compareWitnesses, renderWitness, type WitnessPair } from './witness.ts';

const PATH = 'xen/common/first.c';
const corpus = await corpusOf({ [PATH]: 'int first(void)\n{\n    return 1;\n}\n' });

function pair(more: Partial<WitnessPair> = {}): WitnessPair {
  return {
    id: 'two-readings',
    title: 'Two readings',
    first: 'The one',
    second: 'The other',
    minimum: 2,
    compare: (_corpus, _facts, evidence) => {
      const place = [evidence.cite({ path: PATH, symbol: 'first' })] as [number];
      const says = (text: string) => ({ says: text, evidence: place });
      return {
        compared: 2,
        disagreements: ['b', 'a'].map((subject) => ({
          subject,
          facts: [],
          first: says('on'),
          second: says('off'),
        })),
        problems: [],
      };
    },
    ...more,
  };
}

describe('compareWitnesses', () => {
  it('sorts what the sources do not agree on, and gives both places', () => {
    const { witnesses, problems } = compareWitnesses(corpus, [], [pair()]);
    expect(problems).toEqual([]);
    expect(witnesses[0]?.disagreements.map(({ subject }) => subject)).toEqual(['a', 'b']);
    expect(witnesses[0]?.evidence).toMatchObject([{ path: PATH, symbol: 'first', line: 1 }]);
  });

  it('takes too few subjects for an error, never for agreement', () => {
    const { witnesses, problems } = compareWitnesses(corpus, [], [pair({ minimum: 3 })]);
    expect(witnesses).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'count-low' }]);
  });

  it('reports evidence that is not there', () => {
    const compare: WitnessPair['compare'] = (_corpus, _facts, evidence) => {
      evidence.cite({ path: PATH, symbol: 'second' });
      return { compared: 2, disagreements: [], problems: [] };
    };
    const { problems } = compareWitnesses(corpus, [], [pair({ compare })]);
    expect(problems).toMatchObject([{ kind: 'evidence-gone' }]);
  });
});

describe('renderWitness', () => {
  it('says how much was compared', () => {
    const [witness] = compareWitnesses(corpus, [], [pair()]).witnesses;
    const { path, text } = witness === undefined ? { path: '', text: '' } : renderWitness(witness);
    expect(path).toBe('witnesses/two-readings.md');
    expect(text).toContain('2 subjects are compared. The sources do not agree on 2.');
  });
});
