import { z } from 'astro/zod';

/**
 * `<thread>.json`: what the messages of a thread say, for a site that is built beside an archive. Never a part of
 * `content/`: it is made by `atlas bodies` from an archive at hand, and read when `ATLAS_BODIES` names its folder.
 */
export const bodiesSchema = z.strictObject({
  id: z.string(),
  messages: z.array(
    z.strictObject({
      id: z.string(),
      blocks: z.array(
        z.strictObject({
          kind: z.enum(['text', 'quotation', 'patch', 'signature']),
          text: z.string().describe('Plain text without addresses; pages escape it'),
        }),
      ),
    }),
  ),
});

export type Bodies = z.infer<typeof bodiesSchema>;
