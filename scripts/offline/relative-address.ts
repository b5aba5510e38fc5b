import { isSiteAddress, routeAt } from '../../src/data/placed.ts';

/** The part of an address before its query and fragment; an entity such as `&#39;` is part of it. */
const PATH = /^(?:[^?#&]|&(?:#\d+|#x[0-9a-f]+|\w+);)*/i;

/** The folder of the site as a page in it names it; `page` is the path of the page's file below the folder. */
export function folderFrom(page: string): string {
  return '../'.repeat(page.split('/').length - 1) || './';
}

/**
 * An address of the site as a page in a folder names it: relative, and with the file where the address is a page, for
 * no server looks for `index.html` there. `page` is the path of the page's file below the folder (`a/index.html`), `root`
 * where the site was built to stand. Addresses of other sites and fragments stay.
 */
export function relativeAddress(address: string, page: string, root: string): string {
  if (!isSiteAddress(address)) return address;
  const route = routeAt(address, root);
  const path = PATH.exec(route)?.[0] ?? '';
  const file = path.endsWith('/') ? `${path}index.html` : path;
  return `${folderFrom(page)}${file.slice(1)}${route.slice(path.length)}`;
}
