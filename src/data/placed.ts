/**
 * Where the site stands. Everything names the addresses of the site from its own root (`/matrix/`); what a browser or a
 * reader elsewhere gets is placed here, and nowhere else. Pure, and small enough for the scripts of the pages.
 */

/** Where the site stands: an origin when the build is told one, and the folder below it. */
export interface SitePlace {
  /** Such as `https://atlas.example`, without a `/` at its end. */
  readonly origin: string | undefined;
  /** Begins and ends in `/`: `/`, or `/xen-atlas/`. */
  readonly root: string;
}

/** A base as people write it (`xen-atlas`, `/xen-atlas`), with a `/` at both ends. */
export function rootOf(base: string): string {
  const folder = base.replaceAll(/^\/+|\/+$/g, '');
  return folder === '' ? '/' : `/${folder}/`;
}

/** The place that Astro's `site` and `base` mean. */
export function sitePlace(site: URL | undefined, base: string): SitePlace {
  return { origin: site?.origin, root: rootOf(base) };
}

/** Whether an address is written from the root of the site: not `//host/`, `#id`, `https://…`. */
export function isSiteAddress(address: string): boolean {
  return /^\/(?!\/)/.test(address);
}

/** An address of the site as a browser asks for it under `root`; other addresses stay. */
export function placed(address: string, root: string): string {
  return isSiteAddress(address) ? `${root}${address.slice(1)}` : address;
}

/** The address from the root of the site that a path under `root` has: the inverse of `placed`. */
export function routeAt(path: string, root: string): string {
  return path.startsWith(root) ? `/${path.slice(root.length)}` : path;
}

/** An address of the site for readers elsewhere: whole where the origin is known, else a path. */
export function publicAddress(address: string, { origin = '', root }: SitePlace): string {
  return `${origin}${placed(address, root)}`;
}
