import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import type { ReleaseEntry } from '../schema/release.ts';
import { joinContent } from './atlas.ts';
import { diffReleases } from './release-diff.ts';
import {
  changedByGuest,
  placesOf,
  rewrittenSince,
  touchedBy,
  touchedFacts,
} from './release-touch.ts';

const pit = SAMPLE.facts.find(({ id }) => id === 'io-port/pit') as Fact;
const changed = {
  ...pit,
  history: [
    { release: '4.20', change: 'present' },
    {
      release: '4.22',
      change: 'changed',
      guests: ['hvm'],
      was: {
        guests: { hvm: [{ how: 'absent', evidence: [0] }] },
        evidence: [{ path: 'xen/old.c' }],
      },
    },
  ],
} as Fact;
const kinds = diffReleases([changed], '4.20', '4.22');

describe('what a difference means', () => {
  it('is who rests on the facts that differ', () => {
    const { features, answers } = touchedBy(joinContent(SAMPLE), touchedFacts(kinds));
    expect(features.map(({ id }) => id)).toEqual(['time/pit']);
    expect(answers).toEqual([]);
  });

  it('is counted by guest type', () => {
    const [counts] = kinds.filter((kind) => kind.changed.length > 0).map(changedByGuest);
    expect(counts).toMatchObject({ hvm: 1, pv: 0 });
  });

  it('has places in either release', () => {
    const [change] = kinds.flatMap((kind) => kind.changed);
    expect(change && placesOf(change.before, ['hvm'])).toEqual([{ path: 'xen/old.c' }]);
    expect(change && placesOf(change.after, ['hvm'])).toEqual([changed.evidence[0]]);
  });
});

describe('rewrittenSince', () => {
  const release = (id: string, ...symbols: string[]): ReleaseEntry => ({
    id,
    release: `${id}.0`,
    commit: null,
    date: null,
    kinds: [],
    rewritten: symbols.map((symbol) => ({ path: 'xen/arch/x86/hvm/io.c', symbol })),
  });
  const releases = [
    release('4.20', 'never'),
    release('4.21', 'turn', 'stop'),
    release('4.22', 'turn', 'handle_pit_io'),
  ];

  it('joins the steps, each place once, without what changed between the two', () => {
    const symbols = rewrittenSince(releases, '4.20', '4.22', kinds).map(({ symbol }) => symbol);
    expect(symbols).toEqual(['stop', 'turn']);
    expect(rewrittenSince(releases, '4.21', '4.22', []).map(({ symbol }) => symbol)).toEqual([
      'handle_pit_io',
      'turn',
    ]);
  });
});
