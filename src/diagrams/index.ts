import type { DiagramId } from '../model/diagrams.ts';
import type { Drawing } from './drawing.ts';
import { eventPath } from './event-path.ts';
import { grantPath } from './grant-path.ts';
import { hvmExitPath } from './hvm-exit-path.ts';
import { ioreqPath } from './ioreq-path.ts';
import { pvTrapPath } from './pv-trap-path.ts';
import { pvhBoundaries } from './pvh-boundaries.ts';

/** The drawing of each diagram. */
export const DRAWINGS: Readonly<Record<DiagramId, Drawing>> = {
  'pv-trap-path': pvTrapPath,
  'hvm-exit-path': hvmExitPath,
  'ioreq-path': ioreqPath,
  'event-path': eventPath,
  'grant-path': grantPath,
  'pvh-boundaries': pvhBoundaries,
};
