import type { APIRoute } from 'astro';
import { loadIdentifiers } from '../../data/collections.ts';

/** `/search/identifiers.json`: the identifier index, as the search page reads it. */
export const GET: APIRoute = async () => {
  const index = await loadIdentifiers();
  return new Response(JSON.stringify(index), {
    headers: { 'content-type': 'application/json' },
  });
};
