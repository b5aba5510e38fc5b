import { describe, expect, it } from 'vitest';
import { parseSubject, slugWords } from './subject.ts';

describe('parseSubject', () => {
  it('takes off the tag of the list and marks of replies, in any order', () => {
    expect(parseSubject('Re: [Xen-devel] RE: AW: What of the PIT?', 'xen-devel')).toEqual({
      title: 'What of the PIT?',
      base: 'What of the PIT?',
      isReply: true,
      patch: null,
    });
  });

  it.each([
    ['[PATCH] x86: y', { version: 1, number: 1, of: 1 }],
    ['[Xen-devel] [PATCH v3 1/8] x86: y', { version: 3, number: 1, of: 8 }],
    ['[XEN PATCH for-4.19 v2 03/10] x86: y', { version: 2, number: 3, of: 10 }],
    ['[PATCH RFC 0/2] x86: y', { version: 1, number: 0, of: 2 }],
    ['[RFC] x86: y', null],
    ['Re: [PATCH v3 1/8] x86: y', null],
    ['[PATCH v0 1/0] x86: y', null],
  ])('reads the series of %s', (subject, patch) => {
    const read = parseSubject(subject, 'xen-devel');
    expect(read.patch).toEqual(patch);
    expect(read.base).toBe('x86: y');
  });

  it('keeps tags of series in the title', () => {
    expect(parseSubject('[Xen-devel] [PATCH v3 1/8] x86: y', 'xen-devel').title).toBe(
      '[PATCH v3 1/8] x86: y',
    );
  });
});

describe('slugWords', () => {
  it.each([
    ['More questions about Xen memory layout/usage', 'more-questions-about-xen-memory-layout'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>alert("x")</script>', 'script-alert-x-script'],
    ['Prüfung der HVM', 'prufung-der-hvm'],
    ['…', 'thread'],
    ['', 'thread'],
  ])('makes a file name of %j', (base, slug) => {
    expect(slugWords(base)).toBe(slug);
  });

  it('is short whatever the words', () => {
    expect(slugWords('x'.repeat(10_000)).length).toBeLessThanOrEqual(60);
  });
});
