import { type RehypePlugins, type RemarkPlugins, rehypeHeadingIds } from '@astrojs/markdown-remark';
import { externalLinks } from './external-links.ts';
import { sanitize } from './sanitize.ts';
import { tableRegions } from './table-regions.ts';

/** Plugins over the Markdown that people wrote, in order. */
export const remarkPlugins: RemarkPlugins = [];

/** Plugins over the HTML of it, in order: made safe first, then given what our own plugins add. */
export const rehypePlugins: RehypePlugins = [
  sanitize,
  rehypeHeadingIds,
  tableRegions,
  externalLinks,
];
