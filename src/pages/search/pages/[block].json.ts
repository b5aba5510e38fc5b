import type { APIRoute, GetStaticPaths } from 'astro';
import { loadIdentifiers } from '../../../data/collections.ts';
import { pageBlocks } from '../../../data/packed-identifiers.ts';

export const getStaticPaths = (async () =>
  pageBlocks(await loadIdentifiers()).map((_, block) => ({
    params: { block: `${block}` },
  }))) satisfies GetStaticPaths;

/** `/search/pages/0.json`: pages of the identifier index, as the search reads them for its hits. */
export const GET: APIRoute = async ({ params }) => {
  const block = pageBlocks(await loadIdentifiers())[Number(params['block'])];
  return new Response(JSON.stringify(block), { headers: { 'content-type': 'application/json' } });
};
