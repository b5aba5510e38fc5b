import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import { getElementsByTagName } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { rehypePlugins, remarkPlugins } from './index.ts';

const NO_NAMES = { release: '4.22.0', symbols: [], paths: [], others: {} };

const ACTIVE = new Set(['script', 'iframe', 'style', 'form', 'input', 'svg', 'object', 'embed']);

/** Renders as the build of the site does. */
async function html(markdown: string, fileURL?: URL): Promise<string> {
  const processor = await createMarkdownProcessor({
    remarkPlugins: remarkPlugins(SAMPLE, NO_NAMES, () => {}),
    rehypePlugins,
    smartypants: false,
    syntaxHighlight: false,
  });
  return (await processor.render(markdown, fileURL === undefined ? {} : { fileURL })).code;
}

describe('Markdown as the site renders it', () => {
  it('links names, and marks them as such', async () => {
    expect(await html('Xen calls `do_mmu_update()`.')).toBe(
      '<p>Xen calls <a href="/symbols/do_mmu_update/" class="name-link"><code>do_mmu_update()</code></a>.</p>',
    );
  });

  it('explains a term where people write, and keeps the mark of it', async () => {
    const guide = new URL('file:///project/content/guides/one.md');
    expect(await html('The PIT ticks.', guide)).toBe(
      '<p>The <a href="/glossary/#pit" title="The old timer of the PC platform." class="term-link">PIT</a> ticks.</p>',
    );
    expect(await html('The PIT ticks.')).toBe('<p>The PIT ticks.</p>');
  });

  it('gives headings ids', async () => {
    expect(await html('## What it is')).toBe('<h2 id="what-it-is">What it is</h2>');
  });

  it('puts each table into a labelled region that the keyboard reaches', async () => {
    const table = await html('| a | b |\n|---|---|\n| 1 | 2 |\n');
    expect(table).toMatch(
      /^<section class="table-region" aria-label="Table 1" tabindex="0"><table>/,
    );
    expect(table.match(/<th scope="col">/g)).toHaveLength(2);
  });

  it('marks links to other sites', async () => {
    expect(await html('[x](https://list.example/) [y](/matrix/)')).toBe(
      '<p><a href="https://list.example/" rel="external noopener noreferrer">x</a> <a href="/matrix/">y</a></p>',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '<a href="javascript:alert(1)">x</a>',
    '<svg onload=alert(1)></svg>',
    '<iframe src="https://list.example/"></iframe>',
    '<style>body{display:none}</style>',
    '<form action="https://list.example/"><input name="q"></form>',
    '<https://list.example/"onmouseover="alert(1)>',
    '| <script>alert(1)</script> |\n|---|\n| <b onclick=alert(1)>x</b> |',
    '# <img src=x onerror=alert(1)>',
    '```"><script>alert(1)</script>\nx\n```',
    'x[^1]\n\n[^1]: <script>alert(1)</script>',
  ])('lets nothing through that acts: %s', async (markdown) => {
    const elements = getElementsByTagName('*', parseDocument(await html(markdown)));
    const names = elements.map(({ name }) => name);
    expect(names).not.toContain('img');
    expect(names.filter((name) => ACTIVE.has(name))).toEqual([]);
    const attributes = elements.flatMap((element) => element.attributes);
    expect(attributes.filter(({ name }) => /^on|^style$/i.test(name))).toEqual([]);
    expect(attributes.filter(({ value }) => /^\s*(?:javascript|data):/i.test(value))).toEqual([]);
  });
});
