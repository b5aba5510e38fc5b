/** What the exits of VMX mean. */
import type { Treatment } from './treatment.ts';
import { VMX_EVENTS } from './vmx-events.ts';
import { VMX_INSTRUCTIONS } from './vmx-instructions.ts';
import { VMX_MEMORY } from './vmx-memory.ts';

export const VMX_TREATMENTS: readonly Treatment[] = [
  ...VMX_EVENTS,
  ...VMX_INSTRUCTIONS,
  ...VMX_MEMORY,
];
