import type { APIRoute, GetStaticPaths } from 'astro';
import { loadFeeds } from '../../data/collections.ts';
import { sitePlace } from '../../data/placed.ts';
import { renderAtom } from '../../data/render-feed.ts';

export const getStaticPaths = (async () =>
  (await loadFeeds()).map(({ id }) => ({ params: { feed: id } }))) satisfies GetStaticPaths;

/** `/feeds/atlas.xml`, `/feeds/areas/time.xml`, `/feeds/guests/pvh.xml`: what changed, as Atom. */
export const GET: APIRoute = async ({ params, site }) => {
  const feed = (await loadFeeds()).find(({ id }) => id === params['feed']);
  if (feed === undefined) return new Response(null, { status: 404 });
  return new Response(`${renderAtom(feed, sitePlace(site, import.meta.env.BASE_URL))}\n`, {
    headers: { 'content-type': 'application/atom+xml' },
  });
};
