/**
 * Every link within a built site, fragments included, read from the files as a static host would serve them. A crawler
 * asks a server for each of the million links, which takes a quarter of an hour; the files answer in seconds.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from 'htmlparser2';

export interface CheckedLinks {
  /** How many links were followed. */
  readonly checked: number;
  /** `page → link`, sorted. */
  readonly broken: readonly string[];
  /** Addresses of the pages that links lead to, from the first page on. */
  readonly reached: ReadonlySet<string>;
}

interface Page {
  readonly ids: ReadonlySet<string>;
  /** As written. */
  readonly links: ReadonlySet<string>;
}

/** Attributes that name something that is fetched or led to. */
const LINKS = ['href', 'src', 'action', 'data-src'] as const;
const ORIGIN = 'http://localhost';

function parsePage(html: string): Page {
  const ids = new Set<string>();
  const links = new Set<string>();
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (attributes['id'] !== undefined) ids.add(attributes['id']);
      // A canonical address is that of the page where the site stands, not a link to follow.
      if (name === 'link' && attributes['rel'] === 'canonical') return;
      for (const attribute of LINKS) {
        const link = attributes[attribute];
        if (link !== undefined) links.add(link);
      }
      const refresh = /^\d+;\s*url=(.+)$/.exec(attributes['content'] ?? '')?.[1];
      if (refresh !== undefined) links.add(refresh);
    },
  });
  parser.write(html);
  parser.end();
  return { ids, links };
}

/** The file that a static host serves at a path, or undefined. */
function fileAt(site: string, path: string): string | undefined {
  const file = join(site, decodeURIComponent(path));
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return file;
  const index = join(file, 'index.html');
  return path.endsWith('/') && existsSync(index) ? index : undefined;
}

/** Follows every link within a built site from its first page on. Links to other sites are not followed. */
export function checkLinks(site: string): CheckedLinks {
  const pages = new Map<string, Page | null>();
  const pageAt = (path: string): Page | null => {
    const known = pages.get(path);
    if (known !== undefined) return known;
    const file = fileAt(site, path);
    const none: Page = { ids: new Set(), links: new Set() };
    const html = file?.endsWith('.html') === true ? readFileSync(file, 'utf8') : undefined;
    const page = file === undefined ? null : html === undefined ? none : parsePage(html);
    pages.set(path, page);
    return page;
  };
  const broken = new Set<string>();
  const reached = new Set(['/']);
  const left = ['/'];
  let checked = 0;
  for (let from = left.pop(); from !== undefined; from = left.pop()) {
    for (const link of pageAt(from)?.links ?? []) {
      const { origin, pathname, hash } = new URL(link, `${ORIGIN}${from}`);
      if (origin !== ORIGIN) continue;
      checked += 1;
      const target = pageAt(pathname);
      const id = decodeURIComponent(hash.slice(1));
      if (target === null || (id !== '' && !target.ids.has(id)))
        broken.add(`${from} → ${pathname}${hash}`);
      if (reached.has(pathname)) continue;
      reached.add(pathname);
      left.push(pathname);
    }
  }
  return { checked, broken: [...broken].sort(), reached };
}
