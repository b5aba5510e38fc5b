import { placeAddresses } from '../../src/data/place-addresses.ts';
import { folderFrom, relativeAddress } from './relative-address.ts';

/** Where a page says that the site stands. */
export function rootOfPage(html: string): string {
  return /^<!doctype html><html[^>]* data-root="([^"]*)"/i.exec(html)?.[1] ?? '/';
}

/** What leads to the copy itself, or tells a browser about a site that is served: neither is in the copy. */
const NOT_IN_COPY = /<li data-offline-copy>.*?<\/li>|<link rel="manifest"[^>]*>/gs;

/** Browsers load no module from a folder. A deferred script waits for the page as a module does. */
const MODULE = /<script type="module" src="([^"]+)">/g;

/** Addresses of the scripts that a page loads as modules. */
export function modulesOf(html: string): string[] {
  return [...html.matchAll(MODULE)].map(([, address = '']) => address);
}

/**
 * A page of the site as it works from a folder: its links are relative and name files, its scripts are no modules.
 * `page` is the path of its file below the folder, such as `facts/msr/tsc/index.html`; `root` is where the site was built
 * to stand.
 */
export function offlinePage(html: string, page: string, root: string): string {
  const kept = html.replaceAll(NOT_IN_COPY, '').replaceAll(MODULE, '<script defer src="$1">');
  return placeAddresses(kept, (address, name) =>
    name === 'data-root' ? folderFrom(page) : relativeAddress(address, page, root),
  );
}
