import { unified } from '@astrojs/markdown-remark';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { readLastChanged } from './scripts/markdown/last-changed.ts';
import { problemsInPlace } from './scripts/markdown/problems-in-place.ts';
import { readContent } from './scripts/markdown/read-content.ts';
import { sourceOfRoute } from './src/data/last-changed.ts';
import { placed, rootOf, routeAt } from './src/data/placed.ts';
import { redirectRoutes } from './src/data/redirects.ts';
import { rehypePlugins, remarkPlugins } from './src/markdown/index.ts';

/** What prose may name is what the content has; the collections read the same files. */
const { content, names, addresses, problems } = await readContent(import.meta.dirname);

/** When each entry was changed last, where git knows. */
const lastChanged = await readLastChanged(import.meta.dirname);

/** Where the site will stand, such as https://atlas.example; without it addresses have no origin. */
const site = process.env['SITE_URL'];
/** The folder below it, such as `/xen-atlas/`, where the site does not stand at the root of an address. */
const base = rootOf(process.env['SITE_BASE'] ?? '');
const redirects = redirectRoutes(addresses.redirects);
const routeOf = (url) => routeAt(new URL(url).pathname, base);

export default defineConfig({
  site,
  base,
  redirects: Object.fromEntries(
    Object.entries(redirects).map(([from, to]) => [from, placed(to, base)]),
  ),
  integrations: [
    problemsInPlace(import.meta.dirname, problems),
    // A sitemap holds whole addresses, so there is none without an origin.
    ...(site === undefined
      ? []
      : [
          sitemap({
            filter: (url) => !Object.hasOwn(redirects, routeOf(url)),
            serialize: (item) => {
              const lastmod = lastChanged[sourceOfRoute(routeOf(item.url)) ?? ''];
              return lastmod === undefined ? item : { ...item, lastmod };
            },
          }),
        ]),
  ],
  trailingSlash: 'always',
  // White space as HTML has it: a line break between words of a template is a space.
  compressHTML: true,
  build: { format: 'directory', inlineStylesheets: 'never' },
  // Scripts stay files of their own, so that a policy without inline scripts holds.
  vite: {
    build: { assetsInlineLimit: 0 },
    define: { __LAST_CHANGED__: JSON.stringify(lastChanged) },
  },
  devToolbar: { enabled: false },
  // Writes the schemas by which editors check and complete the front matter of content/ (.vscode/settings.json).
  experimental: { contentIntellisense: true },
  markdown: {
    syntaxHighlight: false,
    processor: unified({
      remarkPlugins: remarkPlugins(content, names, (text) => process.stderr.write(text)),
      rehypePlugins,
      smartypants: false,
    }),
  },
});
