import { routeAt } from '../../src/data/placed.ts';
import { modulesOf, offlinePage, rootOfPage } from './offline-page.ts';
import type { Files } from './pack.ts';

/** Files that nothing in a folder can read: what scripts fetch, and what servers and crawlers ask for. */
const SERVED = [
  /^(?:pagefind|previews)\//,
  /^search\/(?:identifiers\.json|pages\/)/,
  /^explain\/[^/]+\.json$/,
  /^_astro\/.*\.js$/,
  /^(?:404\.html|robots\.txt|llms\.txt|manifest\.webmanifest|sitemap-.*\.xml|.*\.zip)$/,
];

/** Gives a script of the site, by the path of its file, as one that is no module. */
export type Bundle = (path: string) => Promise<string>;

/**
 * The files of the copy that works from a folder, of the files of a built site. Scripts that pages load as modules are
 * bundled; the modules themselves are left out.
 */
export async function offlineFiles(site: Files, bundle: Bundle): Promise<Files> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const root = rootOfPage(decoder.decode(site.get('index.html')));
  const copy = new Map<string, Uint8Array>();
  const modules = new Set<string>();
  for (const [path, bytes] of site) {
    if (SERVED.some((pattern) => pattern.test(path))) continue;
    if (!path.endsWith('.html')) {
      copy.set(path, bytes);
      continue;
    }
    const html = decoder.decode(bytes);
    for (const address of modulesOf(html)) modules.add(routeAt(address, root).slice(1));
    copy.set(path, encoder.encode(offlinePage(html, path, root)));
  }
  for (const path of modules) copy.set(path, encoder.encode(await bundle(path)));
  return copy;
}
