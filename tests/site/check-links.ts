/**
 * Every link within a built site, fragments included, read from the files as a static host would serve them. A crawler
 * asks a server for each of the million links, which takes a quarter of an hour; the files answer in seconds.
 */
import { Parser } from 'htmlparser2';
import type { SiteFiles } from '../built-pages.ts';

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
const LINKS = ['href', 'src', 'action'] as const;
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

/** How browsers come to the files of a site. */
export interface Host {
  /** The folder of the address in which the site stands. */
  readonly root: string;
  /** Whether a folder is answered with its `index.html`, as servers do, and not with the list of its files. */
  readonly served: boolean;
}

/** The path of the file that a host gives for that of an address, or undefined. */
function fileAt(site: SiteFiles, address: string, { root, served }: Host): string | undefined {
  if (!address.startsWith(root)) return undefined;
  const path = decodeURIComponent(address.slice(root.length));
  const file = served && (path === '' || path.endsWith('/')) ? `${path}index.html` : path;
  return site.has(file) ? file : undefined;
}

const SERVER: Host = { root: '/', served: true };

/** Follows every link within a built site from its first page on. Links to other sites are not followed. */
export function checkLinks(site: SiteFiles, host: Host = SERVER): CheckedLinks {
  const first = host.served ? host.root : `${host.root}index.html`;
  const decoder = new TextDecoder();
  const pages = new Map<string, Page | null>();
  const pageAt = (path: string): Page | null => {
    const known = pages.get(path);
    if (known !== undefined) return known;
    const file = fileAt(site, path, host);
    const none: Page = { ids: new Set(), links: new Set() };
    const html = file?.endsWith('.html') === true ? decoder.decode(site.get(file)) : undefined;
    const page = file === undefined ? null : html === undefined ? none : parsePage(html);
    pages.set(path, page);
    return page;
  };
  const broken = new Set<string>();
  const reached = new Set([first]);
  const left = [first];
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
