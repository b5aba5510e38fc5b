import type { APIRoute } from 'astro';
import { loadAtlas } from '../data/collections.ts';
import { llmsText } from '../data/llms-text.ts';
import { sitePlace } from '../data/placed.ts';

/** `/llms.txt`: what the Atlas is and where its pages and data are, in Markdown. */
export const GET: APIRoute = async ({ site }) =>
  new Response(llmsText(await loadAtlas(), sitePlace(site, import.meta.env.BASE_URL)));
