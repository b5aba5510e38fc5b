import type { APIRoute, GetStaticPaths } from 'astro';
import { loadPreviews } from '../../data/collections.ts';
import { previewRoute } from '../../data/preview-cards.ts';
import { renderCard } from '../../previews/render-card.ts';

/** The part of an address between `/previews/` and `.png`. */
const NAME = /^\/previews\/(.+)\.png$/;

export const getStaticPaths = (async () =>
  [...(await loadPreviews()).values()].map((card) => ({
    params: { card: NAME.exec(decodeURIComponent(previewRoute(card)))?.[1] },
    props: { route: card.route },
  }))) satisfies GetStaticPaths;

/** `/previews/features/time/pit.png`, `/previews/atlas.png`: the picture by which other sites preview a link. */
export const GET: APIRoute<{ route: string }> = async ({ props }) => {
  const card = (await loadPreviews()).get(props.route);
  if (card === undefined) return new Response(null, { status: 404 });
  return new Response(await renderCard(card), { headers: { 'content-type': 'image/png' } });
};
