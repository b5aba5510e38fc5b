import type { APIRoute, GetStaticPaths } from 'astro';
import { loadAtlas } from '../../data/collections.ts';
import { deriveExplainData, XL_GUESTS } from '../../data/explain-data.ts';

export const getStaticPaths: GetStaticPaths = () =>
  XL_GUESTS.map((guest) => ({ params: { guest } }));

/** `/explain/hvm.json`: a column of the matrix, as the calculator reads it. */
export const GET: APIRoute = async ({ params }) => {
  const { content, rows } = await loadAtlas();
  const asked = XL_GUESTS.filter((guest) => guest === params['guest']);
  return new Response(JSON.stringify(deriveExplainData(content, rows, asked)), {
    headers: { 'content-type': 'application/json' },
  });
};
