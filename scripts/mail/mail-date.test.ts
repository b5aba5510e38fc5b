import { describe, expect, it } from 'vitest';
import { parseMailDate } from './mail-date.ts';

describe('parseMailDate', () => {
  it.each([
    ['Thu, 22 Aug 2019 11:36:58 -0600', '2019-08-22T17:36:58Z'],
    ['Fri, 16 Aug 2019 19:51:33 +0000', '2019-08-16T19:51:33Z'],
    ['Mon, 21 Oct 2019 12:52:10 +0200 (CEST)', '2019-10-21T10:52:10Z'],
    ['1 Jan 2020 00:30 +0100', '2019-12-31T23:30:00Z'],
    ['Sun, 2 Mar 03 10:00:00 EST', '2003-03-02T15:00:00Z'],
    ['Sun, 2 Mar 2003 10:00:00', '2003-03-02T10:00:00Z'],
  ])('reads %s', (header, expected) => {
    expect(parseMailDate(header)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    'yesterday',
    '2019-08-22',
    'Thu, 22 Foo 2019 11:36:58 -0600',
    'Thu, 99 Aug 2019 11:36:58 +0000',
    'Thu, 22 Aug 2019 25:36:58 +0000',
  ])('refuses %s', (header) => {
    expect(parseMailDate(header)).toBeNull();
  });
});
