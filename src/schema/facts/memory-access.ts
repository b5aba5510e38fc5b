import { z } from 'astro/zod';

export const ACCESSORS = ['xen', 'dom0', 'domain'] as const;
export const CONSENTS = ['cooperative', 'implicit', 'without'] as const;
export const MAPPINGS = [
  'copy',
  'brief-map',
  'lasting-map',
  'own-page',
  'foreign-map',
  'grant-map',
  'resource-map',
  'p2m',
  'dma',
] as const;
export const MOMENTS = ['before-first-run', 'running', 'paused', 'end'] as const;

/** Attributes of `memory-access` facts: who touches the memory of a guest, and how. */
export const memoryAccessAttributes = z.strictObject({
  accessor: z.enum(ACCESSORS).describe('`dom0`: the toolstack, a daemon or a backend'),
  consent: z
    .enum(CONSENTS)
    .describe(
      '`cooperative`: the guest asks for it; `implicit`: it follows from what the guest does or is',
    ),
  parties: z.array(z.string()).describe('The programs that touch the memory'),
  does: z.string().describe('What is done, as a sentence'),
  mapping: z.enum(MAPPINGS).describe('How the memory is reached'),
  moment: z.enum(MOMENTS),
  names: z.array(z.string()).describe('Operations and constants of the public interface'),
  callers: z
    .array(z.string())
    .describe('Functions that call a primitive which reaches guest memory'),
});
