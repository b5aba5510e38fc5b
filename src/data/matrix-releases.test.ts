import { expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import type { ReleaseEntry } from '../schema/release.ts';
import { joinContent } from './atlas.ts';
import { rowReleases } from './matrix-releases.ts';

const release = (id: string): ReleaseEntry => ({
  id,
  release: `${id}.0`,
  commit: null,
  date: null,
  kinds: [],
  rewritten: [],
});

const history: Fact['history'] = [
  { release: '4.20', change: 'present' },
  {
    release: '4.22',
    change: 'changed',
    guests: ['hvm'],
    was: { guests: { hvm: [{ how: 'absent', evidence: [0] }] }, evidence: [{ path: 'xen/old.c' }] },
  },
];

it('names the releases in which a fact of a row changed, and those that it was read for', () => {
  const facts = SAMPLE.facts.map((fact) =>
    fact.id === 'io-port/pit' ? { ...fact, history } : fact,
  );
  const releases = ['4.20', '4.21', '4.22'].map(release);
  const found = rowReleases(joinContent({ ...SAMPLE, facts, releases }));
  expect(found.get('time/pit')).toEqual(['changed-4.22', 'reviewed-4.22']);
  const others = [...found].filter(([id]) => id !== 'time/pit').map(([, words]) => words);
  expect(others.flat().filter((word) => word.startsWith('changed'))).toEqual([]);
});
