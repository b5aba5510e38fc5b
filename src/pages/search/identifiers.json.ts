import type { APIRoute } from 'astro';
import { loadContent } from '../../data/collections.ts';
import { deriveIdentifiers } from '../../data/identifiers.ts';

/** `/search/identifiers.json`: the identifier index, as the search page reads it. */
export const GET: APIRoute = async () => {
  const index = deriveIdentifiers(await loadContent());
  return new Response(JSON.stringify(index), {
    headers: { 'content-type': 'application/json' },
  });
};
