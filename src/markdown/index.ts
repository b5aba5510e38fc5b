import { type RehypePlugins, type RemarkPlugins, rehypeHeadingIds } from '@astrojs/markdown-remark';
import type { Content } from '../data/content.ts';
import type { Names } from '../schema/names.ts';
import { externalLinks } from './external-links.ts';
import { deriveKnownNames } from './known-content.ts';
import { linkNames, type Report } from './link-names.ts';
import { markTerms } from './mark-terms.ts';
import { sanitize } from './sanitize.ts';
import { tableRegions } from './table-regions.ts';

/** Plugins over the Markdown that people wrote, in order. `report` prints names that nothing knows. */
export function remarkPlugins(content: Content, names: Names, report: Report): RemarkPlugins {
  return [
    [linkNames, { names: deriveKnownNames(content, names), report }],
    [markTerms, { terms: content.glossary }],
  ];
}

/** Plugins over the HTML of it, in order: made safe first, then given what our own plugins add. */
export const rehypePlugins: RehypePlugins = [
  sanitize,
  rehypeHeadingIds,
  tableRegions,
  externalLinks,
];
