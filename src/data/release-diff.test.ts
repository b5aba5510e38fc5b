import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import { factAt } from './fact-at.ts';
import { changedAlike, diffReleases } from './release-diff.ts';

const pit = SAMPLE.facts.find(({ id }) => id === 'io-port/pit') as Fact;
const absent = [{ how: 'absent' as const, evidence: [0] }] as const;

const changed: Fact = {
  ...pit,
  history: [
    { release: '4.18', change: 'present' },
    {
      release: '4.20',
      change: 'changed',
      guests: ['hvm'],
      attributes: ['device'],
      was: {
        guests: { hvm: absent },
        attributes: { device: 'wheel' },
        evidence: [{ path: 'xen/old.c' }],
      },
    },
  ],
} as Fact;
const removed: Fact = {
  ...pit,
  history: [
    { release: '4.19', change: 'added' },
    { release: '4.21', change: 'removed' },
  ],
};

describe('factAt', () => {
  it('undoes what came later, with the evidence of then', () => {
    const then = factAt(changed, '4.19') as Fact;
    expect(then.attributes).toMatchObject({ device: 'wheel' });
    const [first] = then.guests.hvm;
    expect(first?.how).toBe('absent');
    expect(then.evidence[first?.evidence[0] ?? -1]).toEqual({ path: 'xen/old.c' });
    expect(factAt(changed, '4.20')).toBe(changed);
  });

  it.each([
    ['before it was added', removed, '4.18', 'absent'],
    ['after it was removed', removed, '4.22', 'absent'],
    ['where the kind was not read', changed, '4.17', 'unread'],
    ['where it knows no release', { ...pit, history: [] } as Fact, '4.20', 'unread'],
  ] as const)('knows a fact %s', (_what, fact, release, state) => {
    expect(factAt(fact, release)).toBe(state);
  });

  it('knows a fact while it was there', () => {
    expect(factAt(removed, '4.20')).toBe(removed);
  });
});

describe('diffReleases', () => {
  const diff = (from: string, to: string) =>
    diffReleases([changed, { ...removed, id: 'io-port/gone' } as Fact], from, to).find(
      ({ kind }) => kind === 'io-port',
    );

  it('tells added, removed, changed and unread facts apart', () => {
    expect(diff('4.18', '4.22')).toMatchObject({
      added: [],
      removed: [],
      changed: [{ guests: ['hvm'], attributes: ['device'] }],
      unread: 0,
    });
    expect(diff('4.18', '4.20')?.added).toHaveLength(1);
    expect(diff('4.20', '4.22')).toMatchObject({ changed: [], removed: [{ id: 'io-port/gone' }] });
    expect(diff('4.16', '4.20')?.unread).toBe(1);
  });

  it('puts facts together that changed alike', () => {
    const twin = { ...changed, id: 'io-port/twin' } as Fact;
    const kinds = diffReleases([changed, twin], '4.18', '4.22');
    const alike = kinds.flatMap((kind) => changedAlike(kind.changed));
    expect(alike.map((group) => group.map(({ fact }) => fact.id))).toEqual([
      ['io-port/pit', 'io-port/twin'],
    ]);
  });
});
