import type { Treatment } from '../treatment.ts';
import { CALL_TREATMENTS } from './calls.ts';
import { EXCEPTION_TREATMENTS } from './exceptions.ts';
import { MEDIATOR_TREATMENTS } from './mediators.ts';
import { REGISTER_TREATMENTS } from './registers.ts';

/** What every label means, in every release. */
export const TREATMENTS: readonly Treatment[] = [
  ...EXCEPTION_TREATMENTS,
  ...REGISTER_TREATMENTS,
  ...CALL_TREATMENTS,
  ...MEDIATOR_TREATMENTS,
];
