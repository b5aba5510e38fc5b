import type { APIRoute } from 'astro';
import { publicAddress, sitePlace } from '../data/placed.ts';

/** `/robots.txt`: everything may be read; the sitemap is named where the site has an origin. */
export const GET: APIRoute = ({ site }) => {
  const place = sitePlace(site, import.meta.env.BASE_URL);
  const sitemap =
    site === undefined ? [] : ['', `Sitemap: ${publicAddress('/sitemap-index.xml', place)}`];
  return new Response(`${['User-agent: *', 'Allow: /', ...sitemap].join('\n')}\n`);
};
