import { z } from 'astro/zod';
import { releaseSchema } from './handling.ts';

/**
 * `content/names.yml`: names that authored prose uses and that no entry carries. `symbols` and `paths` are generated
 * from the pinned tree; `others` is written by hand, for names that are none of Xen's C source.
 */
export const namesSchema = z.strictObject({
  release: releaseSchema.describe('Release whose tree has the symbols and paths'),
  symbols: z
    .array(z.string())
    .describe('Functions, macros, variables, types and constants, sorted'),
  paths: z.array(z.string()).describe('Files of the tree, sorted'),
  others: z.record(z.string(), z.string().min(1)).describe('Name, and what it is'),
});

export type Names = z.infer<typeof namesSchema>;
