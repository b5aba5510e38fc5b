import { describe, expect, it } from 'vitest';
import type { Mail } from './mail.ts';
import { buildThreads } from './threads.ts';

function mail(id: string, ancestors: readonly string[] = [], rest: Partial<Mail> = {}): Mail {
  return {
    id,
    idKind: 'message-id',
    date: `2020-01-01T00:00:0${id.length}Z`,
    from: 'Ada',
    subject: 'PIT',
    list: 'xen-devel',
    ancestors,
    texts: [],
    place: { path: `box#${id}` },
    ...rest,
  };
}

function shape(mails: readonly Mail[]) {
  const { threads, problems } = buildThreads(mails, 'xen-devel');
  return {
    threads: threads.map(({ root, mails: kept, missing }) => ({
      root,
      mails: kept.map(({ mail: one, parent }) => `${one.id}<${parent ?? ''}`),
      missing: missing.map(({ id, parent }) => `${id}<${parent ?? ''}`),
    })),
    problems: problems.map(({ kind }) => kind),
  };
}

describe('buildThreads', () => {
  it('keeps the place of a missing parent, and what is known of its own parent', () => {
    expect(shape([mail('a'), mail('ccc', ['a', 'bb']), mail('dddd', ['a', 'bb', 'ccc'])])).toEqual({
      threads: [{ root: 'a', mails: ['a<', 'ccc<bb', 'dddd<ccc'], missing: ['bb<a'] }],
      problems: [],
    });
  });

  it('joins messages below a missing root', () => {
    expect(shape([mail('bb', ['a']), mail('ccc', ['a'])]).threads).toEqual([
      { root: 'a', mails: ['bb<a', 'ccc<a'], missing: ['a<'] },
    ]);
  });

  it('does not thread by subject', () => {
    expect(shape([mail('a'), mail('bb', [], { subject: 'Re: PIT' })]).threads).toHaveLength(2);
  });

  it('threads a message without Message-ID by subject, and only such a one', () => {
    const keyed = mail('key', [], { idKind: 'archive-key', subject: 'Re: [Xen-devel] PIT' });
    expect(shape([mail('a'), keyed]).threads).toEqual([
      { root: 'a', mails: ['a<', 'key<'], missing: [] },
    ]);
    const other = mail('bb', [], { subject: 'PIT' });
    expect(shape([mail('a'), other, keyed]).threads).toHaveLength(3);
  });

  it('believes a message about its own parent more than others', () => {
    const mails = [mail('a'), mail('bb'), mail('ccc', ['bb']), mail('dddd', ['a', 'ccc'])];
    expect(shape(mails).threads.map(({ mails: kept }) => kept)).toEqual([
      ['a<'],
      ['bb<', 'ccc<bb', 'dddd<ccc'],
    ]);
  });

  it('loses no message in a circle', () => {
    const result = shape([mail('a', ['ccc']), mail('bb', ['a']), mail('ccc', ['bb'])]);
    expect(result.threads.flatMap(({ mails }) => mails)).toHaveLength(3);
    expect(result.problems).toEqual(['mail-loop']);
  });

  it('sorts siblings by date, a branch without a date by its first reply', () => {
    const mails = [
      mail('r'),
      mail('late', ['r'], { date: '2020-03-01T00:00:00Z' }),
      mail('none', ['r'], { date: null }),
      mail('reply', ['r', 'none'], { date: '2020-02-01T00:00:00Z' }),
    ];
    expect(shape(mails).threads[0]?.mails).toEqual(['r<', 'none<r', 'reply<none', 'late<r']);
  });

  it('is the same in any order of the messages', () => {
    const mails = [
      mail('a'),
      mail('bb', ['a']),
      mail('ccc', ['a', 'bb']),
      mail('dddd', ['a', 'x']),
    ];
    expect(shape([...mails].reverse())).toEqual(shape(mails));
  });

  it('takes a thread of 20,000 messages in a row', () => {
    const mails = Array.from({ length: 20_000 }, (_, i) =>
      mail(`m${i}`, i === 0 ? [] : [`m${i - 1}`], { date: null }),
    );
    expect(buildThreads(mails, 'xen-devel').threads[0]?.mails).toHaveLength(20_000);
  });
});
