import { describe, expect, it } from 'vitest';
import { mergeDuplicates } from './duplicates.ts';
import type { Mail } from './mail.ts';

const ONE: Mail = {
  id: 'one@x',
  idKind: 'message-id',
  date: '2020-01-01T10:20:30Z',
  from: 'Lovelace, Ada',
  subject: 'PIT',
  list: 'xen-devel',
  ancestors: [],
  texts: ['text'],
  place: { path: 'a.mbox#1' },
};

describe('mergeDuplicates', () => {
  it('keeps one of two in one file and reports it', () => {
    const { mails, problems } = mergeDuplicates([ONE, { ...ONE, place: { path: 'a.mbox#2' } }]);
    expect(mails).toEqual([ONE]);
    expect(problems.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['mail-duplicate', 'warning'],
    ]);
  });

  it('takes the same message of two archives without a word, and a forged one with', () => {
    const copy = { ...ONE, place: { path: 'b.mbox#1' } };
    expect(mergeDuplicates([ONE, copy])).toEqual({ mails: [ONE], problems: [] });
    expect(mergeDuplicates([ONE, { ...copy, from: 'Charles' }]).problems).toHaveLength(1);
  });

  it('lets the Message-ID win over a saved page of the same minute and sender', () => {
    const page: Mail = {
      ...ONE,
      id: 'xen-devel/2020-01-01T10:20:00Z/ada-lovelace',
      idKind: 'archive-key',
      date: '2020-01-01T10:20:00Z',
      from: 'Ada Lovelace',
      place: { path: 'page.txt' },
    };
    expect(mergeDuplicates([page, ONE]).mails).toEqual([ONE]);
    const later = { ...page, date: '2020-01-01T10:21:00Z' };
    expect(mergeDuplicates([later, ONE]).mails).toEqual([later, ONE]);
  });
});
