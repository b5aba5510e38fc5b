import type { APIRoute } from 'astro';
import { loadIdentifiers } from '../../data/collections.ts';
import { packIdentifiers } from '../../data/packed-identifiers.ts';

/** `/search/identifiers.json`: the names of the identifier index, as the search page reads it. */
export const GET: APIRoute = async () => {
  const index = packIdentifiers(await loadIdentifiers());
  return new Response(JSON.stringify(index), {
    headers: { 'content-type': 'application/json' },
  });
};
