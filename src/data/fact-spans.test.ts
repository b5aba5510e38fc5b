import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import { pastAttributes, spansOf } from './fact-spans.ts';

const pit = SAMPLE.facts.find(({ id }) => id === 'io-port/pit') as Fact;
const RELEASES = ['4.19', '4.20', '4.21', '4.22'];

const changed = {
  ...pit,
  history: [
    { release: '4.20', change: 'added' },
    {
      release: '4.22',
      change: 'changed',
      guests: ['hvm'],
      attributes: ['device'],
      was: {
        guests: { hvm: [{ how: 'absent', evidence: [0] }] },
        attributes: { device: 'wheel' },
        evidence: [{ path: 'xen/old.c' }],
      },
    },
  ],
} as Fact;

describe('spansOf', () => {
  it('puts releases together in which a fact says the same, the newest first', () => {
    expect(spansOf(changed, RELEASES).map(({ releases, change }) => [releases, change])).toEqual([
      [['4.22'], { guests: [], attributes: [] }],
      [['4.21', '4.20'], { guests: ['hvm'], attributes: ['device'] }],
      [['4.19'], null],
    ]);
  });

  it('says of a fact whose kind was never read that it is not known', () => {
    expect(spansOf({ ...pit, history: [] } as Fact, RELEASES)).toEqual([
      { releases: [...RELEASES].reverse(), state: 'unread', change: null },
    ]);
  });

  it('says of a fact that is gone since when', () => {
    const history = [
      { release: '4.19', change: 'present' },
      { release: '4.21', change: 'removed' },
    ];
    const spans = spansOf({ ...pit, history } as Fact, RELEASES);
    expect(spans.map(({ releases, state }) => [releases.join(), typeof state])).toEqual([
      ['4.22,4.21', 'string'],
      ['4.20,4.19', 'object'],
    ]);
  });
});

describe('pastAttributes', () => {
  it('are those of then that differ', () => {
    const [, past] = spansOf(changed, RELEASES);
    const rows = pastAttributes(past?.state as Fact, changed);
    expect(rows.map(({ label, lines }) => [label, lines.flat().map(({ text }) => text)])).toEqual([
      ['Device', ['wheel']],
    ]);
  });
});
