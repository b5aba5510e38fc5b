/** From the made-up tree to what a page shows: cut, marked, with anchors, and escaped. */
import { getElementsByTagName, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { expect, it } from 'vitest';
import { cutExcerpts } from '../scripts/xen/excerpts.ts';
import { rowsOfFile, touchesByLine } from '../src/data/excerpt-places.ts';
import type { Mention } from '../src/data/mentions.ts';
import { highlightFile } from '../src/excerpts/highlight.ts';
import { renderLines } from '../src/excerpts/render-lines.ts';
import { corpusOf } from './xen-corpus.ts';
import { readFixture } from './xen-fixture.ts';

const PATH = 'xen/arch/x86/emul-i8254.c';
const TREE = { release: '4.22.0', commit: null, paths: ['COPYING', PATH] };
const EVIDENCE = { path: PATH, symbol: 'pit_init', anchor: 'handle_pit_io' };

function mentionOf(line: number): Mention {
  const subject = { kind: 'file', name: PATH } as const;
  const source = { collection: 'fact', url: '/facts/io-port/pit/', title: 'PIT' } as const;
  return { ...source, role: 'evidence', subject, guests: [], spot: { path: PATH, line } };
}

it('shows the lines of the made-up tree as they are, with the one marked that evidence names', async () => {
  const { [PATH]: text = '' } = await readFixture();
  const { files, missing } = cutExcerpts(TREE, await corpusOf({ [PATH]: text }), [EVIDENCE], []);
  expect(missing).toEqual([]);
  const [file] = files;
  if (file === undefined) throw new Error('no excerpts');
  const line = file.places.find(({ anchor }) => anchor !== undefined)?.first ?? 0;
  const [row, ...others] = rowsOfFile(
    file,
    touchesByLine([mentionOf(line)]).get(PATH) ?? new Map(),
  );
  if (row === undefined || others.length > 0) throw new Error('not one row');
  const { range, lines } = row;
  const marks = new Set(lines.map((one) => one.line));
  const html = renderLines(await highlightFile(file), { range, marks, anchors: true });
  const page = parseDocument(html);
  expect(textContent(page)).toBe(
    `${text
      .split('\n')
      .slice(range.first - 1, range.last)
      .join('\n')}\n`,
  );
  const marked = getElementsByTagName('mark', page);
  expect(marked.map(({ attribs }) => attribs['id'])).toEqual([`L${line}`]);
  expect(textContent(marked)).toContain('handle_pit_io');
});
