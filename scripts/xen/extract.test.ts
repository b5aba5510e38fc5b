import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/schema/fact.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { renderFact } from './extract.ts';
import { planWrites, reportVanished } from './plan-writes.ts';
import { reportUnread } from './unread.ts';

const [fact] = SAMPLE.facts.filter(({ kind }) => kind === 'hypercall');
describe('reportVanished', () => {
  it('reports a fact that is not there any more, unless it is marked', () => {
    const removed = [{ release: '4.21', change: 'removed' as const }];
    const marked = { ...(fact as Fact), id: 'hypercall/other', history: removed };
    expect(reportVanished([marked])).toEqual([]);
    expect(reportVanished([marked, fact as Fact])).toMatchObject([
      {
        kind: 'count-low',
        severity: 'warning',
        place: { path: 'facts/hypercall' },
        details: [fact?.id],
      },
    ]);
  });
});

describe('reportUnread', () => {
  const authored = { ...(fact as Fact), origin: 'authored' as const };
  const place = { path: 'xen/a.c', symbol: 'turn', line: 1, fingerprint: '0'.repeat(16) };
  const anew = { ...place, fingerprint: '1'.repeat(16) };
  const report = (origin: Fact['origin'], after: typeof place) => {
    const was = renderFact({ ...authored, origin, evidence: [place] } as Fact);
    const is = renderFact({ ...authored, origin, evidence: [after] } as Fact);
    return reportUnread({ write: [is] }, new Map([[was.path, was.text]]));
  };

  it('reports a verdict of a person whose source is another one', () => {
    expect(report('authored', anew)).toMatchObject([
      { kind: 'evidence-changed', severity: 'warning', details: ['xen/a.c · turn'] },
    ]);
  });

  it('is content where only the line differs, or a rule decides', () => {
    expect(report('authored', { ...place, line: 9 })).toEqual([]);
    expect(report('extracted', anew)).toEqual([]);
  });
});

describe('planWrites', () => {
  const { text, path } = renderFact(fact as Fact);
  const yielded = { files: [{ text, path }], hasHistory: true };
  const none = { files: [], hasHistory: true };
  const here = (present: string) => new Map([[path, present]]);

  it('leaves what is as it must be', () => {
    expect(planWrites('4.22.0', yielded, here(text))).toEqual({
      write: [],
      remove: [],
      unchanged: 1,
      vanished: [],
    });
  });

  it('writes what differs, whatever it was', () => {
    expect(planWrites('4.22.0', yielded, here('<<<')).write).toEqual(yielded.files);
  });

  it.each<[string, string, string, readonly unknown[]]>([
    ['of an older release', '4.20.0', text, [fact]],
    ['of the same release', '4.22.0', text, [fact]],
    ['that cannot be read', '4.23.0', '<<<', []],
  ])('removes a fact %s that the tree does not yield', (_what, release, was, vanished) => {
    expect(planWrites(release, none, here(was))).toEqual({
      write: [],
      remove: [path],
      unchanged: 0,
      vanished,
    });
  });

  it('keeps the history that one tree does not know', () => {
    const history = 'history:\n  - release: "4.20"\n    change: added\n';
    const known = text.replace(/history:.*\n(?: .*\n)*/, history);
    expect(known).toContain(history);
    const plan = planWrites('4.22.0', { ...yielded, hasHistory: false }, here(known));
    expect(plan).toMatchObject({ write: [], unchanged: 1 });
    expect(planWrites('4.22.0', yielded, here(known)).write).toEqual(yielded.files);
  });

  it('marks a fact that a newer release does not have, once', () => {
    const [marked] = planWrites('4.23.0', none, here(text)).write;
    expect(marked?.text).toMatch(/change: removed\n/);
    expect(planWrites('4.24.0', none, here(marked?.text ?? ''))).toMatchObject({
      write: [],
      unchanged: 1,
    });
  });
});
