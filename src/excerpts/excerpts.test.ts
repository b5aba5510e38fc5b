import { getElementsByTagName, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Excerpts } from '../schema/excerpts.ts';
import { highlightFile } from './highlight.ts';
import { languageOf } from './languages.ts';
import { renderLines } from './render-lines.ts';
import { licenceWords, revisionWords, signWords } from './source-words.ts';

function excerptsOf(lines: readonly [string, ...string[]], id: string, insideComment = false) {
  return {
    id,
    release: '4.22.0',
    commit: null,
    licence: { spdx: 'MIT' },
    unreadable: false,
    pieces: [{ first: 10, insideComment, lines: [...lines] }],
    places: [],
  } satisfies Excerpts;
}

const HOSTILE = [
  'static int turn(struct wheel *w)',
  '{ /* <script>alert(1)</script> */',
  '    puts("</code></pre><img src=x onerror=alert(1)>" \'&amp;\');',
  '',
  '    return 12; // & so',
  '}',
] as const;

async function render(excerpts: Excerpts, anchors = true): Promise<string> {
  const lines = await highlightFile(excerpts);
  return renderLines(lines, { range: { first: 1, last: 99 }, marks: new Set([12]), anchors });
}

describe('an excerpt', () => {
  it.each(['wheel.c', 'entry.S', 'WHEELS.md', 'wheels.pod'])(
    'of %s says what the file says',
    async (path) => {
      const html = await render(excerptsOf(HOSTILE, path));
      expect(textContent(parseDocument(html))).toBe(`${HOSTILE.join('\n')}\n`);
      expect(html).not.toMatch(/<(?!\/?(?:span|mark)\b)/);
      expect(html).not.toContain('style=');
    },
  );

  it('has an anchor and a number for each line, and marks those that evidence names', async () => {
    const html = await render(excerptsOf(HOSTILE, 'wheel.c'));
    const document = parseDocument(html).children;
    const lines = [...getElementsByTagName('*', document, false)];
    expect(lines.map(({ attribs }) => attribs['id'])).toEqual([
      'L10',
      'L11',
      'L12',
      'L13',
      'L14',
      'L15',
    ]);
    expect(lines.map(({ attribs }) => attribs['data-line'])).toEqual([
      '10',
      '11',
      '12',
      '13',
      '14',
      '15',
    ]);
    expect(lines.filter(({ name }) => name === 'mark').map(({ attribs }) => attribs['id'])).toEqual(
      ['L12'],
    );
  });

  it('has no anchors where the page has other excerpts', async () => {
    expect(await render(excerptsOf(HOSTILE, 'wheel.c'), false)).not.toContain('id=');
  });

  it('is coloured by classes', async () => {
    const html = await render(excerptsOf(HOSTILE, 'wheel.c'));
    expect(html).toContain('<span class="t-keyword">return </span>');
    expect(html).toContain('<span class="t-comment">');
  });

  it('is a comment to its end when it begins inside one', async () => {
    const lines = ['return to the hub */', 'return 1;'] as const;
    expect(await render(excerptsOf(lines, 'wheel.c', true))).toContain(
      '<span class="t-comment">return to the hub */</span>',
    );
    expect(await render(excerptsOf(lines, 'wheel.c'))).not.toContain('t-comment');
  });

  it('has only the lines of the range', async () => {
    const lines = await highlightFile(excerptsOf(HOSTILE, 'wheel.c'));
    const shown = { range: { first: 14, last: 15 }, marks: new Set<number>(), anchors: false };
    expect(textContent(parseDocument(renderLines(lines, shown)))).toBe(
      '    return 12; // & so\n}\n',
    );
  });
});

describe('the words of an excerpt', () => {
  it('say what is known of the licence', () => {
    expect(licenceWords({ spdx: 'GPL-2.0-only' })).toBe('GPL-2.0-only');
    expect(licenceWords({ head: true })).toBe('terms at the head of the file');
    expect(licenceWords({ copying: 'COPYING' })).toBe('GPL-2.0-only (COPYING)');
    expect(licenceWords({ copying: 'tools/wheels/COPYING' })).toBe('terms of tools/wheels/COPYING');
  });

  it('name the commit only where it is known', () => {
    expect(revisionWords({ release: '4.22.0', commit: null })).toBe('Xen 4.22.0');
    expect(revisionWords({ release: '4.22.0', commit: 'a'.repeat(40) })).toBe(
      'Xen 4.22.0, commit aaaaaaaaaaaa',
    );
  });

  it('explain the sign of bytes that are no UTF-8, where there are some', () => {
    expect(signWords(['plain'])).toBeUndefined();
    expect(signWords(['plain', 'Ren\uFFFD'])).toContain('no UTF-8');
  });

  it('know the grammars', () => {
    expect(['a.c', 'b.h', 'c.S', 'd.md', 'e.pod.in'].map(languageOf)).toEqual([
      'c',
      'c',
      'asm',
      'markdown',
      'text',
    ]);
  });
});
