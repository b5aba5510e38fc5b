import type { APIRoute } from 'astro';

/** `/robots.txt`: everything may be read; the sitemap is named where the site has an origin. */
export const GET: APIRoute = ({ site }) => {
  const sitemap =
    site === undefined ? [] : ['', `Sitemap: ${new URL('/sitemap-index.xml', site).href}`];
  return new Response(`${['User-agent: *', 'Allow: /', ...sitemap].join('\n')}\n`);
};
