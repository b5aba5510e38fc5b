import { placed, routeAt } from '../data/placed.ts';

/** The folder in which the site stands, as the page says it. */
function siteRoot(): string {
  return document.documentElement.dataset['root'] ?? '/';
}

/** An address from the root of the site, as the browser asks for it. */
export function onSite(address: string): string {
  return placed(address, siteRoot());
}

/** The address of this page from the root of the site. */
export function currentRoute(): string {
  return routeAt(location.pathname, siteRoot());
}
