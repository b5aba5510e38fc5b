import type { APIRoute } from 'astro';
import { loadAtlas } from '../../data/collections.ts';
import { deriveExplainData } from '../../data/explain-data.ts';

/** `/explain/rows.json`: the cells of the guest types that xl builds, as the calculator reads them. */
export const GET: APIRoute = async () => {
  const { content, rows } = await loadAtlas();
  return new Response(JSON.stringify(deriveExplainData(content, rows)), {
    headers: { 'content-type': 'application/json' },
  });
};
