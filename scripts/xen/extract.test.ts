import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/schema/fact.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { checkVanished, factPath, planWrites, renderFact } from './extract.ts';

const [fact] = SAMPLE.facts.filter(({ kind }) => kind === 'hypercall');
const many = (count: number): Fact[] => Array.from({ length: count }, () => fact as Fact);

describe('checkVanished', () => {
  const other = { ...(fact as Fact), id: 'hypercall/other' } as Fact;
  const removed = { ...other, history: [{ release: '4.21', change: 'removed' as const }] } as Fact;

  it.each<[string, readonly Fact[], readonly Fact[], readonly string[]]>([
    ['nothing where nothing was', many(1), [], []],
    ['nothing where all is there', many(1), many(1), []],
    ['a fact that is not there any more', many(1), [...many(1), other], ['hypercall/other']],
    ['nothing twice', many(1), [...many(1), removed], []],
  ])('reports %s', (_what, now, before, gone) => {
    const problems = checkVanished(now, before);
    expect(problems.flatMap(({ details }) => details ?? [])).toEqual(gone);
    for (const problem of problems) {
      expect(problem).toMatchObject({
        kind: 'count-low',
        severity: 'warning',
        place: { path: 'facts/hypercall' },
      });
    }
  });
});

describe('planWrites', () => {
  const here = (text: string, read: Fact | null) =>
    new Map([[factPath(fact as Fact), { text, fact: read }]]);
  const { text, path } = renderFact(fact as Fact);

  it('leaves what is as it must be', () => {
    expect(planWrites('4.22.0', many(1), here(text, fact as Fact))).toEqual({
      write: [],
      remove: [],
      unchanged: 1,
    });
  });

  it('writes what differs, whatever it was', () => {
    expect(planWrites('4.22.0', many(1), here('<<<', null)).write).toEqual([{ path, text }]);
  });

  it.each<[string, string, string, Fact | null]>([
    ['of an older release', '4.20.0', text, fact as Fact],
    ['of the same release', '4.22.0', text, fact as Fact],
    ['that cannot be read', '4.23.0', '<<<', null],
  ])('removes a fact %s that the tree does not yield', (_what, release, was, read) => {
    expect(planWrites(release, [], here(was, read))).toEqual({
      write: [],
      remove: [path],
      unchanged: 0,
    });
  });

  it('marks a fact that a newer release does not have, once', () => {
    const [marked] = planWrites('4.23.0', [], here(text, fact as Fact)).write;
    expect(marked?.text).toMatch(/change: removed\n/);
    const again = { ...(fact as Fact), history: [{ release: '4.23', change: 'removed' as const }] };
    expect(planWrites('4.24.0', [], here(marked?.text ?? '', again))).toMatchObject({
      write: [],
      unchanged: 1,
    });
  });
});
