import { describe, expect, it } from 'vitest';
import { createMboxSplitter, isMbox, type MboxMessage } from './mbox.ts';

function split(text: string, size = text.length): string[] {
  const bytes = Buffer.from(text);
  const splitter = createMboxSplitter();
  const found: MboxMessage[] = [];
  for (let at = 0; at < bytes.length; at += Math.max(size, 1)) {
    found.push(...splitter.push(bytes.subarray(at, at + size)));
  }
  return [...found, ...splitter.end()].map(({ bytes: message }) => String(message));
}

const RD = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
const PLAIN = 'From ada Fri Aug 16 19:51:33 2019\n';

describe('createMboxSplitter', () => {
  const two = `${RD}Subject: one\n\n>From here\n>>From there\n> From far\n\n${RD}Subject: two\n\nend`;

  it.each([1, 2, 7, 64, 1000])('gives the same messages in pieces of %i bytes', (size) => {
    expect(split(two, size)).toEqual([
      'Subject: one\n\nFrom here\n>From there\n> From far\n\n',
      'Subject: two\n\nend',
    ]);
  });

  it('takes one mark off in mboxo, and only before From', () => {
    expect(split(`${PLAIN}Subject: one\n\n>From here\n>>From there\n`)).toEqual([
      'Subject: one\n\nFrom here\n>>From there\n',
    ]);
  });

  it('does not part a message at a sentence that begins with From', () => {
    const text = `${RD}Subject: one\n\nFrom my view\n\nFrom nobody Foo Bar 1\n`;
    expect(split(text)).toHaveLength(1);
  });

  it('does not part a message at the first line of an attached patch', () => {
    const patch = `From ${'a1'.repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: Ada\n`;
    expect(split(`${RD}Subject: one\n\n${patch}`)).toHaveLength(1);
  });

  it('reads what git format-patch writes as an mbox of its own', () => {
    const patch = `From ${'a1'.repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: Ada\n\ntext\n\n`;
    expect(split(patch + patch)).toHaveLength(2);
  });

  it('reads CRLF, and yields nothing for what is no mbox', () => {
    const crlf = `${RD}Subject: one\n\nx\n\n${RD}Subject: two\n\ny\n`.replaceAll('\n', '\r\n');
    expect(split(crlf)).toHaveLength(2);
    expect(split('Subject: one\n\ntext')).toEqual([]);
    expect(split('')).toEqual([]);
  });
});

describe('isMbox', () => {
  it('looks at the first line only', () => {
    expect(isMbox(Buffer.from(`${PLAIN}x`))).toBe(true);
    expect(isMbox(Buffer.from('From: Ada\n'))).toBe(false);
    expect(isMbox(Buffer.alloc(100_000, 0x46))).toBe(false);
  });
});
