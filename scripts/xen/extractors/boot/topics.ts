/** Every topic of the start and the platform of a guest. */
import type { Topic } from './topic.ts';
import { CPUS } from './topics/cpus.ts';
import { INTERRUPTS } from './topics/interrupts.ts';
import { LIFE } from './topics/life.ts';
import { PLATFORM } from './topics/platform.ts';
import { START } from './topics/start.ts';
import { TIME_TOPICS } from './topics/time.ts';

export const TOPICS: readonly Topic[] = [
  ...START,
  ...CPUS,
  ...INTERRUPTS,
  ...TIME_TOPICS,
  ...PLATFORM,
  ...LIFE,
];
