import { z } from 'astro/zod';

/** An entry as its path under `content/` without the extension, such as `facts/hypercall/mmu-update`. */
export const entryReferenceSchema = z
  .string()
  .regex(/^[a-z]+(?:\/[A-Za-z0-9.-]+)+$/)
  .describe('Path of an entry under content/, such as `features/time/pit`');

/** `content/redirects.yml`: where entries that had another id, or were joined with another one, stand now. */
export const redirectsSchema = z.strictObject({
  redirects: z
    .array(
      z.strictObject({
        from: entryReferenceSchema.describe('The id that was published'),
        to: entryReferenceSchema.describe('The entry that says it now'),
      }),
    )
    .describe('A redirect leads to an entry, never to another redirect'),
});

/** `content/published.yml`: every id that readers may have linked to. Ids are added and never taken away. */
export const publishedSchema = z.strictObject({
  ids: z.array(entryReferenceSchema).describe('Sorted'),
});

export type Redirect = z.infer<typeof redirectsSchema>['redirects'][number];
