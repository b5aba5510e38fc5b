import { z } from 'astro/zod';
import { releaseSchema } from './handling.ts';

const line = z.number().int().positive();

/** Consecutive lines of a file. */
const pieceSchema = z.strictObject({
  first: line.describe('Number of the first of the lines, from 1'),
  insideComment: z.boolean().describe('Whether the first line begins inside a comment'),
  lines: z.array(z.string()).nonempty().describe('Plain text; pages escape it'),
});

/** A place that evidence names, as it was found in the tree. */
const placeSchema = z.strictObject({
  symbol: z.string().optional(),
  anchor: z.string().optional(),
  fingerprint: z.string(),
  first: line.describe('The line that evidence names'),
  last: line.describe('The last line of the definition; `first` for an anchor'),
});

/** What is known of the licence of a file. */
const licenceSchema = z.union([
  z.strictObject({
    spdx: z.string().min(1).describe('As the file says in one of its first lines'),
  }),
  z.strictObject({ head: z.literal(true).describe('Terms in words at the head of the file') }),
  z.strictObject({ copying: z.string().min(1).describe('Path of the COPYING that holds for it') }),
]);

/**
 * Excerpts of one file of Xen, for a site that is built beside a tree. Never a part of `content/`: `atlas excerpts`
 * makes them from a tree at hand, and the site reads them when `ATLAS_EXCERPTS` names their file.
 */
export const excerptsSchema = z.strictObject({
  id: z.string().min(1).describe('Path from the root of the tree'),
  release: releaseSchema,
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable()
    .describe('Null for a tree that is no repository'),
  licence: licenceSchema,
  unreadable: z.boolean().describe('Whether it is no text; then it has no pieces'),
  pieces: z.array(pieceSchema).describe('In the order of the file; they do not overlap'),
  places: z.array(placeSchema).describe('Sorted by line'),
});

export type Excerpts = z.infer<typeof excerptsSchema>;
export type ExcerptPiece = z.infer<typeof pieceSchema>;
export type ExcerptPlace = z.infer<typeof placeSchema>;
export type Licence = z.infer<typeof licenceSchema>;
