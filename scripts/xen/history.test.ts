import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/schema/fact.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { mergeReleases, type ReleaseFacts } from './history.ts';

const base = SAMPLE.facts.find(({ id }) => id === 'io-port/pit') as Extract<
  Fact,
  { kind: 'io-port' }
>;

const at = (release: string, ...facts: readonly Fact[]): ReleaseFacts => ({
  release,
  kinds: ['io-port'],
  facts: facts.map((fact) => ({ ...fact, release })),
});
const absent: Fact = {
  ...base,
  guests: { ...base.guests, hvm: [{ how: 'absent', evidence: [0] }] },
};
const historyOf = (...releases: readonly ReleaseFacts[]) => mergeReleases(releases)[0]?.history;

describe('mergeReleases', () => {
  it('says that a fact was there already, and keeps silent where nothing changes', () => {
    expect(historyOf(at('4.20.0', base), at('4.21.0', base))).toEqual([
      { release: '4.20', change: 'present' },
    ]);
  });

  it('takes a place that moved for no change', () => {
    const moved = { ...base, evidence: base.evidence.map((item) => ({ ...item, line: 1 })) };
    expect(historyOf(at('4.20.0', base), at('4.21.0', moved as Fact))).toHaveLength(1);
  });

  it('keeps what a change replaced, with its evidence', () => {
    const device = { ...absent, attributes: { ...base.attributes, device: 'wheel' } } as Fact;
    expect(historyOf(at('4.20.0', base), at('4.21.0', device))?.[1]).toEqual({
      release: '4.21',
      change: 'changed',
      guests: ['hvm'],
      attributes: ['device'],
      was: {
        guests: { hvm: base.guests.hvm },
        attributes: { device: base.attributes.device },
        evidence: [base.evidence[0]],
      },
    });
  });

  it('says when a fact was added, removed and added again; it stays as it was last', () => {
    const [fact] = mergeReleases([at('4.19.0'), at('4.20.0', base), at('4.21.0')]);
    expect(fact?.history).toEqual([
      { release: '4.20', change: 'added' },
      { release: '4.21', change: 'removed' },
    ]);
    expect(fact?.release).toBe('4.20.0');
    expect(historyOf(at('4.20.0', base), at('4.21.0'), at('4.22.0', base))?.at(-1)).toEqual({
      release: '4.22',
      change: 'added',
    });
  });

  it('says nothing of a release that does not know the kind', () => {
    const silent: ReleaseFacts = { release: '4.19.0', kinds: [], facts: [] };
    expect(historyOf(silent, at('4.20.0', base))).toEqual([{ release: '4.20', change: 'present' }]);
  });

  it('does not depend on the order of the releases', () => {
    const releases = [at('4.9.0', base), at('4.20.0', absent), at('4.21.0')];
    expect(mergeReleases([...releases].reverse())).toEqual(mergeReleases(releases));
  });
});
