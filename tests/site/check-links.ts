import { LinkChecker, LinkState } from 'linkinator';

export interface CheckedLinks {
  /** How many links were followed. */
  readonly checked: number;
  /** `page → link`, sorted. */
  readonly broken: readonly string[];
  /** Addresses of the pages that links lead to, from the first page on. */
  readonly reached: ReadonlySet<string>;
}

/** The library names a page by its address with or without the server; only the address matters. */
function addressOf(url: string): string {
  const { pathname, hash } = new URL(url, 'http://localhost/');
  return `${pathname}${hash}`;
}

/** Follows every link within a built site, fragments included. Links to other sites are not followed. */
export async function checkLinks(site: string): Promise<CheckedLinks> {
  const { links } = await new LinkChecker().check({
    path: '/',
    serverRoot: site,
    recurse: true,
    checkFragments: true,
    concurrency: 20,
    // The server of the check drops a connection now and then when the machine is busy.
    retryErrors: true,
    retryErrorsCount: 5,
    linksToSkip: async (link) => !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(link),
  });
  const own = links.filter(({ state }) => state !== LinkState.SKIPPED);
  const broken = own
    .filter(({ state }) => state === LinkState.BROKEN)
    .map(
      ({ url, parent }) => `${parent === undefined ? '' : addressOf(parent)} → ${addressOf(url)}`,
    );
  return {
    checked: own.length,
    broken: [...new Set(broken)].sort(),
    reached: new Set(own.map(({ url }) => addressOf(url).replace(/#.*$/, ''))),
  };
}
