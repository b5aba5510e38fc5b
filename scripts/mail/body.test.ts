import { describe, expect, it } from 'vitest';
import { ownParagraphs, parseBody } from './body.ts';

/** One letter a line: own, quoted, patch, attribution, signature, footer; upper case inside a patch. */
function kinds(text: string): string {
  return parseBody(text)
    .map(({ kind, inPatch }) => (inPatch ? kind.charAt(0).toUpperCase() : kind.charAt(0)))
    .join('');
}

const PATCH = `diff --git a/xen/a.c b/xen/a.c
index 111..222 100644
--- a/xen/a.c
+++ b/xen/a.c
@@ -1,3 +1,3 @@ static void f(void)
 one

-two
+three`;

describe('parseBody', () => {
  it('tells attribution, quotation and own text, and counts depth', () => {
    const text = 'On Monday 2019, Ada wrote:\n> a\n>> b\n> > > c\n>\n\nd';
    expect(kinds(text)).toBe('aqqqqoo');
    expect(parseBody(text).map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 1, 0, 0]);
    expect(parseBody(text)[3]?.text).toBe('c');
  });

  it('tells an attribution that a mailer wrapped, and leaves prose that ends in a colon', () => {
    expect(kinds('On Mon, Ada <a@x>\nwrote:\n\n> a')).toBe('aaoq');
    expect(kinds('As Ada once wrote:\n\nnothing')).toBe('ooo');
  });

  it('tells signature and footer of the list', () => {
    expect(kinds('a\n-- \nAda\nEngines')).toBe('osss');
    expect(kinds('a\n____________________________________\nXen-devel mailing list\nx')).toBe(
      'offf',
    );
    expect(kinds('a\nXen-devel mailing list\n\nhosted')).toBe('offf');
    expect(kinds(`a\n--\n${'b\n'.repeat(20)}`)).not.toContain('s');
  });

  it('tells a patch to the end of its last hunk, with blank context lines', () => {
    expect(kinds(`a\n\n${PATCH}\n\nb`)).toBe('ooPPPPPPPPPoo');
    expect(kinds(`${PATCH}\n-- \n2.39.5`)).toBe('PPPPPPPPPsss'.slice(0, 11));
    expect(kinds('--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\nc')).toBe('PPPPPo');
    expect(kinds('---\n x.c | 2 +-\n')).toBe('ooo');
  });

  it('tells a quoted patch, also where a reply interrupts a hunk', () => {
    const quoted = PATCH.split('\n').map((line) => `> ${line}`);
    const text = [...quoted.slice(0, 6), 'why?', ...quoted.slice(6), '> prose'].join('\n');
    expect(kinds(text)).toBe('QQQQQQoQQQq');
  });

  it('takes everything below an original message as quotation', () => {
    expect(kinds('a\n-----Original Message-----\nFrom: b\nc')).toBe('oaqq');
  });

  it('reads 100,000 marks of quotation and 100,000 lines', () => {
    expect(parseBody(`${'>'.repeat(100_000)} x`)[0]).toMatchObject({ depth: 100_000, text: 'x' });
    expect(parseBody('> x\n'.repeat(100_000))).toHaveLength(100_001);
  });
});

describe('ownParagraphs', () => {
  it('parts own text at blank lines and quotations', () => {
    const text = 'Hi,\n\none\ntwo\n> quoted\nthree\n\n-- \nAda';
    expect(ownParagraphs(parseBody(text))).toEqual(['Hi,', 'one\ntwo', 'three']);
  });
});
