import { hasPage } from './redirects.ts';

/** Days by the path of a file of `content/`; empty where git does not say. The build puts it in (`astro.config.mjs`). */
declare const __LAST_CHANGED__: Readonly<Record<string, string>>;

/** The file that a page is written in, by the address of the page from the root of the site; undefined for lists. */
export function sourceOfRoute(route: string): string | undefined {
  const reference = decodeURIComponent(route).replaceAll(/^\/|\/$/g, '');
  return hasPage(reference) && reference.includes('/') ? `content/${reference}.md` : undefined;
}

/** The day (`2026-11-22`) on which a file of `content/` was changed last; undefined where git does not say. */
export function lastChanged(source: string): string | undefined {
  return __LAST_CHANGED__[source];
}
