/** Every topic of the start and the platform of a guest. */
import type { Topic } from './topic.ts';
import { CONSOLE } from './topics/console.ts';
import { CPUS } from './topics/cpus.ts';
import { DEVICE_INTERRUPTS } from './topics/device-interrupts.ts';
import { DISCOVERY } from './topics/discovery.ts';
import { INTERRUPTS } from './topics/interrupts.ts';
import { LIFE } from './topics/life.ts';
import { MEMORY } from './topics/memory.ts';
import { PLATFORM } from './topics/platform.ts';
import { PROCESSOR } from './topics/processor.ts';
import { START } from './topics/start.ts';
import { TABLES } from './topics/tables.ts';
import { TIME_TOPICS } from './topics/time.ts';

export const TOPICS: readonly Topic[] = [
  ...START,
  ...DISCOVERY,
  ...CPUS,
  ...MEMORY,
  ...PROCESSOR,
  ...INTERRUPTS,
  ...DEVICE_INTERRUPTS,
  ...TIME_TOPICS,
  ...PLATFORM,
  ...TABLES,
  ...CONSOLE,
  ...LIFE,
];
