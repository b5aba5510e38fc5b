import { z } from 'astro/zod';
import { releaseSchema } from './handling.ts';

/** `content/sources.yml`: the one place that pins what the Atlas was read from. */
export const sourcesSchema = z.strictObject({
  xen: z.strictObject({
    repository: z.url().describe('Where the tree is cloned from'),
    release: releaseSchema,
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    webView: z.string().describe('Web view of a file: {commit}, {path} and {line} are replaced'),
    historyView: z
      .string()
      .optional()
      .describe(
        'Web view of the changes of a file up to a commit: {commit} and {path} are replaced',
      ),
    releases: z.array(releaseSchema).nonempty().describe('Releases covered, oldest first'),
  }),
  list: z.strictObject({
    name: z.string(),
    archive: z.string().describe('Web view of a message: {id} is replaced'),
  }),
  threads: z
    .array(
      z.strictObject({
        id: z.string().regex(/^\d{4}-\d\d-[a-z0-9-]+$/),
        root: z.string().min(3).describe('Message-ID of the first message of the thread'),
        chosen: z
          .array(z.string())
          .optional()
          .describe('Why `import --select` took the thread from a large archive'),
      }),
    )
    .optional()
    .describe('Threads that have an id of their own, or that were chosen; an id is kept for ever'),
});

export type Sources = z.infer<typeof sourcesSchema>;
