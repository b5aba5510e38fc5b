import { defineMiddleware } from 'astro:middleware';
import { placeAddresses } from './data/place-addresses.ts';
import { placed, rootOf } from './data/placed.ts';

const root = rootOf(import.meta.env.BASE_URL);

/** What Astro wrote knows the base already: its files when the site is built, all of its modules when it is developed. */
const own = import.meta.env.PROD ? `${root}_astro/` : root;

/** Templates and prose name addresses from the root of the site; where it stands in a folder, pages get them from there. */
export const onRequest = defineMiddleware(async (_context, next) => {
  const response = await next();
  if (root === '/' || !response.headers.get('content-type')?.startsWith('text/html'))
    return response;
  const html = placeAddresses(await response.text(), (address) =>
    address.startsWith(own) ? address : placed(address, root),
  );
  return new Response(html, response);
});
