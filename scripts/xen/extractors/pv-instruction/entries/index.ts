import type { Entry } from '../entry.ts';
import { CONDITIONS } from './conditions.ts';
import { CONTROL_REGISTERS } from './control-registers.ts';
import { DECODED } from './decoded.ts';
import { EMULATED } from './emulated.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { HOST_EVENTS } from './host-events.ts';
import { NATIVE } from './native.ts';
import { PAGE_FAULTS } from './page-faults.ts';
import { PORT_IO } from './port-io.ts';
import { REFLECTED } from './reflected.ts';
import { STORES } from './stores.ts';
import { SYSTEM_CALLS } from './system-calls.ts';
import { TIME_AND_CPUID } from './time-and-cpuid.ts';

/** Every authored entry. */
export const ENTRIES: readonly Entry[] = [
  ...CONTROL_REGISTERS,
  ...EMULATED,
  ...TIME_AND_CPUID,
  ...PORT_IO,
  ...DECODED,
  ...REFLECTED,
  ...STORES,
  ...NATIVE,
  ...EXCEPTIONS,
  ...HOST_EVENTS,
  ...SYSTEM_CALLS,
  ...PAGE_FAULTS,
  ...CONDITIONS,
];
