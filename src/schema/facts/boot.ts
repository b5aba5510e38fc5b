import { z } from 'astro/zod';

export const BOOT_AREAS = [
  'start',
  'cpus',
  'memory',
  'interrupts',
  'time',
  'devices',
  'console',
  'tables',
  'life',
] as const;

/** Attributes of `boot` facts: how a guest starts, and what its platform is made of. */
export const bootAttributes = z.strictObject({
  topic: z.string(),
  area: z.enum(BOOT_AREAS),
  about: z.string().describe('What the topic is, as a sentence'),
  names: z.array(z.string()).describe('Constants of the source that belong to the topic'),
});
