/** Tests of the files in `dist/`, as a host would serve them. Build the site first. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { getElementsByTagName, textContent } from 'domutils';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { readContent } from '../../scripts/markdown/read-content.ts';
import { hasPage } from '../../src/data/redirects.ts';
import { AREAS } from '../../src/model/areas.ts';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { builtPages, builtRedirects, DIST, pageOfEachType, readSite } from '../built-pages.ts';
import { checkLinks } from './check-links.ts';

const pages = builtPages();

function fileOf(address: string): string {
  return join(DIST, address.endsWith('/') ? `${address}index.html` : address);
}

function htmlOf(address: string): string {
  return readFileSync(fileOf(address), 'utf8');
}

/** Scripts that a page loads when it opens, with those that these import; paths below `dist/`. */
function scriptsOf(address: string): ReadonlySet<string> {
  const left = [...htmlOf(address).matchAll(/<script[^>]+src="\/([^"]+)"/g)].map(
    ([, src = '']) => src,
  );
  const found = new Set<string>();
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = readFileSync(join(DIST, path), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)];
    left.push(...imports.map(([, name = '']) => `_astro/${name}`));
  }
  return found;
}

function scriptWeight(address: string): number {
  return [...scriptsOf(address)].reduce((sum, path) => sum + compressed(path), 0);
}

function compressed(path: string): number {
  return gzipSync(readFileSync(join(DIST, path))).length;
}

describe('the built site', () => {
  it('has a page of each type', () => {
    expect(Object.keys(pageOfEachType(pages)).length).toBeGreaterThan(20);
  });

  it('is valid HTML on every page', { timeout: 900_000 }, async () => {
    const validator = new HtmlValidate(new FileSystemConfigLoader());
    const found: string[] = [];
    for (const page of pages) {
      const report = await validator.validateFile(fileOf(page));
      for (const { messages } of report.results) {
        found.push(
          ...messages.map((m) => `${page}:${m.line}:${m.column} ${m.ruleId} ${m.message}`),
        );
      }
    }
    expect(found.slice(0, 20)).toEqual([]);
  });

  it('has no link and no fragment that leads nowhere, and links lead to every page', {
    timeout: 600_000,
  }, () => {
    const { broken, reached, checked } = checkLinks(readSite());
    expect(checked).toBeGreaterThan(100_000);
    expect(broken.slice(0, 20)).toEqual([]);
    const alone = pages.filter((page) => page !== '/404.html' && !reached.has(page));
    expect(alone).toEqual([]);
  });

  it('leads from every address that changed to a page', () => {
    const targets = builtRedirects().map((address) => [
      address,
      /http-equiv="refresh" content="0;url=([^"]+)"/.exec(htmlOf(address))?.[1],
    ]);
    expect(targets).toContainEqual(['/latest/matrix/', '/matrix/']);
    expect(targets.filter(([, target]) => !pages.includes(target ?? ''))).toEqual([]);
  });

  it('has a page of every published id', async () => {
    const { addresses } = await readContent('.');
    const known = new Set([...pages, ...builtRedirects()]);
    const lost = addresses.published.filter((id) => hasPage(id) && !known.has(`/${id}/`));
    expect(addresses.published.length).toBeGreaterThan(2_000);
    expect(lost).toEqual([]);
  });

  it('is light: pages of the content, scripts, styles, the identifier index', () => {
    const types = pageOfEachType(pages);
    const { matrix, symbol, hypercall, answer } = types;
    const weight = (address: string) => gzipSync(htmlOf(address)).length;
    const together = (pattern: string) =>
      globSync(pattern, { cwd: DIST }).reduce((sum, path) => sum + compressed(path), 0);
    expect(weight(symbol)).toBeLessThan(12_000);
    expect(weight(hypercall)).toBeLessThan(16_000);
    expect(weight(answer)).toBeLessThan(24_000);
    for (const page of pages.filter((address) => address.startsWith('/compare/'))) {
      expect([page, weight(page) < 60_000]).toEqual([page, true]);
    }
    for (const page of pages.filter((address) => address.startsWith('/a-z/'))) {
      expect([page, weight(page) < 15_000]).toEqual([page, true]);
    }
    expect(weight(matrix)).toBeLessThan(70_000);
    expect(scriptWeight(matrix)).toBeLessThan(12_000);
    expect(scriptWeight(types['explain an xl.cfg'])).toBeLessThan(32_000);
    for (const page of [symbol, hypercall, answer]) expect(scriptWeight(page)).toBeLessThan(1_500);
    expect(weight(types['matrix of an older release'])).toBeLessThan(70_000);
    expect(together('_astro/*.css')).toBeLessThan(16_000);
    expect(compressed('search/identifiers.json')).toBeLessThan(40_000);
    for (const block of globSync('search/pages/*.json', { cwd: DIST })) {
      expect([block, compressed(block) < 6_000]).toEqual([block, true]);
    }
    expect(compressed('pagefind/pagefind.js')).toBeLessThan(20_000);
  });

  it('says to programs where its pages and its data are', () => {
    expect(readFileSync(join(DIST, 'robots.txt'), 'utf8')).toContain('Allow: /');
    const text = readFileSync(join(DIST, 'llms.txt'), 'utf8');
    const links = [...text.matchAll(/\]\((?:https?:\/\/[^/)]+)?(\/[^)]*)\)/g)].map(
      ([, path]) => path,
    );
    const lost = links.filter(
      (path = '') => !pages.includes(path) && !existsSync(join(DIST, path)),
    );
    expect(links.length).toBeGreaterThan(30);
    expect(lost).toEqual([]);
    const manifest: { icons: { src: string }[] } = JSON.parse(
      readFileSync(join(DIST, 'manifest.webmanifest'), 'utf8'),
    );
    expect(manifest.icons.filter(({ src }) => !existsSync(join(DIST, src)))).toEqual([]);
  });

  it('gives each page a title and a description for previews of links', () => {
    const lost = pages.filter(
      (page) =>
        !/<meta property="og:title" content="[^"]+"><meta property="og:description" content="[^"]+"/.test(
          htmlOf(page),
        ),
    );
    expect(lost).toEqual([]);
  });

  it('shows each page by a picture that says what it says, in letters that the picture has', () => {
    const pictures = pages.map((page) => {
      const html = htmlOf(page);
      const path = /<meta property="og:image" content="(?:https:\/\/[^/"]+)?\/([^"]+)"/.exec(
        html,
      )?.[1];
      const alt = /<meta property="og:image:alt" content="([^"]+)"/.exec(html)?.[1];
      return { page, path: decodeURIComponent(path ?? ''), alt: alt ?? '' };
    });
    expect(pictures.filter(({ path }) => !existsSync(join(DIST, path)))).toEqual([]);
    expect(pictures.filter(({ alt }) => !/^[\x20-\x7e\xa0-\xff–—‘’“”…€]+$/.test(alt))).toEqual([]);
    const { home, feature, hypercall } = pageOfEachType(pages);
    const pictureOf = (address: string) => pictures.find(({ page }) => page === address);
    expect(pictureOf(feature)).toMatchObject({
      path: `previews${feature.slice(0, -1)}.png`,
      alt: expect.stringContaining('HVM domU: '),
    });
    expect(pictureOf(hypercall)?.path).toBe(pictureOf(home)?.path);
    for (const path of globSync('previews/**/*.png', { cwd: DIST })) {
      const picture = readFileSync(join(DIST, path));
      expect([path, picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([path, 1200, 630]);
      expect([path, picture.length < 60_000]).toEqual([path, true]);
    }
  });

  it('loads the script that suggests pages on the page that is not there only', () => {
    const script = /src="([^"]*404[^"]*\.js)"/.exec(htmlOf('/404.html'))?.[1];
    expect(script).toBeDefined();
    expect(pages.filter((page) => htmlOf(page).includes(script ?? ''))).toEqual(['/404.html']);
  });

  it('says for each page which address to cite, and of the newest matrix that it is the matrix', () => {
    const canonicalOf = (page: string) =>
      /<link rel="canonical" href="([^"]+)"/.exec(htmlOf(page))?.[1];
    const lost = pages.filter((page) => canonicalOf(page) === undefined);
    expect(lost).toEqual([]);
    expect(canonicalOf('/4.22/matrix/')).toMatch(/(?<!\d)\/matrix\/$/);
    expect(canonicalOf('/4.17/matrix/')).toMatch(/\/4\.17\/matrix\/$/);
    expect(htmlOf('/4.17/matrix/')).toContain('an older release');
    expect(htmlOf('/4.22/matrix/')).not.toContain('an older release');
  });

  it('has feeds that every page leads to, each one well-formed and with entries of its own', () => {
    const feeds = globSync('feeds/**/*.xml', { cwd: DIST }).sort();
    expect(feeds).toContain('feeds/atlas.xml');
    expect(feeds.filter((path) => path.startsWith('feeds/areas/'))).toHaveLength(AREAS.length);
    expect(feeds.filter((path) => path.startsWith('feeds/guests/'))).toHaveLength(
      GUEST_TYPES.length,
    );
    const ids: string[] = [];
    for (const path of feeds) {
      const { children } = parseDocument(readFileSync(join(DIST, path), 'utf8'), { xmlMode: true });
      const [root] = getElementsByTagName('feed', children, false);
      expect([path, root?.attribs['xmlns']]).toEqual([path, 'http://www.w3.org/2005/Atom']);
      ids.push(...getElementsByTagName('id', children).map((id) => textContent(id)));
      expect(compressed(path)).toBeLessThan(40_000);
    }
    expect(new Set(ids).size).toBe(ids.length);
    const without = pages.filter((page) => !htmlOf(page).includes('/feeds/atlas.xml"'));
    expect(without).toEqual([]);
  });

  it('holds no e-mail address: what looks like one is a Message-ID of a thread', async () => {
    const { threads } = (await readContent(process.cwd())).content;
    const ids = new Set(
      threads.flatMap(({ messages, missing }) => [
        ...missing,
        ...messages.flatMap(({ id, parent }) => (parent === null ? [id] : [id, parent])),
      ]),
    );
    const ADDRESS = /[A-Za-z0-9._%+=-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g;
    // The whole id has to stand there: some ids end in the address of their sender.
    const isId = (text: string, end: number) =>
      [...ids].some((id) => text.slice(Math.max(0, end - id.length), end) === id);
    const files = globSync('**/*.{html,json,js,css,xml,csv,txt,svg}', {
      cwd: DIST,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const found = files.flatMap(({ parentPath, name }) => {
      const text = readFileSync(join(parentPath, name), 'utf8');
      return [...text.matchAll(ADDRESS)]
        .filter((match) => !isId(text, match.index + match[0].length))
        .map(([address]) => `${join(parentPath, name)}: ${address}`);
    });
    expect(found.slice(0, 20)).toEqual([]);
  });

  it('carries no inline script and no inline handler', () => {
    const found = pages.filter((page) =>
      /<script(?![^>]*\ssrc=)[^>]*>|<[^>]+\son[a-z]+=/i.test(htmlOf(page)),
    );
    expect(found).toEqual([]);
  });

  it('shows what each plugin over Markdown does', () => {
    const { answer } = pageOfEachType(pages);
    const prose = pages
      .filter((page) => /^\/(?:features|answers|guests|guides)\/./.test(page))
      .map(htmlOf)
      .join('');
    expect(prose).toMatch(/<a href="\/symbols\/\w+\/" class="name-link"><code>/);
    expect(prose).toMatch(/<a href="\/facts\/[a-z-]+\/[a-z0-9-]+\/" class="name-link"><code>/);
    expect(prose).toMatch(/<a href="\/files\/xen\/[^"]+\/" class="name-link"><code>/);
    expect(prose).toMatch(/<a href="\/threads\/[^"]+#m-[^"]+"/);
    expect(prose).toMatch(/<a href="\/glossary\/#[a-z0-9-]+"[^>]* class="term-link">/);
    expect(prose).toMatch(/<svg [^>]*role="img" aria-labelledby="[a-z-]+-title [a-z-]+-text"/);
    expect(prose).not.toContain('mailto:');
    expect(htmlOf(answer)).toMatch(/<h2 id="[a-z]/);
  });
});
