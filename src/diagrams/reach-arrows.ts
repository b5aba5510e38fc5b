/** The arrows of the reach of the emulator. */
import type { Cause, EmulatorFunction } from '../data/emulator-reach.ts';
import type { Arrow, Box } from './drawing.ts';
import { callLine } from './reach-boxes.ts';
import { COLUMNS } from './reach-columns.ts';
import { downwards, rightwards } from './shapes.ts';

/** Distance between the upright parts of arrows that lead to different functions. */
const LANE = 9;

/** From the line of each call to what it calls; the upright parts of one callee fall together. */
export function entryArrows(
  entries: readonly EmulatorFunction[],
  boxes: readonly Box[],
  lanes: readonly string[],
): Arrow[] {
  const right = COLUMNS.shared.x - 2 * LANE;
  return entries.flatMap(({ name, calls }) =>
    calls.map(({ attributes }, index): Arrow => {
      const box = boxes.find(({ id }) => id === name);
      return rightwards(name, attributes.callee, {
        dashed: !attributes.executes,
        line: box === undefined ? 0 : callLine(box, index),
        bend: right - lanes.indexOf(attributes.callee) * LANE,
      });
    }),
  );
}

/** Calls within the column of shared functions: straight down to the next one, else round the others on the right. */
export function sharedArrows(shared: readonly EmulatorFunction[]): Arrow[] {
  const order = shared.map(({ name }) => name);
  const edge = COLUMNS.shared.x + COLUMNS.shared.width + 2 * LANE;
  const calls = shared.flatMap(({ name, calls: own }) =>
    [...new Set(own.map(({ attributes }) => attributes.callee))].map((callee) => ({
      name,
      callee,
    })),
  );
  const round = calls.filter(({ name, callee }) => order.indexOf(callee) - order.indexOf(name) > 1);
  const lanes = [...new Set(round.map(({ callee }) => callee))];
  return calls.map(
    ({ name, callee }): Arrow =>
      lanes.includes(callee) && order.indexOf(callee) - order.indexOf(name) > 1
        ? {
            from: name,
            to: callee,
            sides: ['right', 'right'],
            bend: edge + lanes.indexOf(callee) * LANE,
          }
        : downwards(name, callee),
  );
}

/** From each exit or fault to where its ways begin. */
export function causeArrows(causes: readonly Cause[]): Arrow[] {
  const { x, width } = COLUMNS.cause;
  const middle = (x + width + COLUMNS.entry.x) / 2;
  return causes.flatMap(({ ways }, index) =>
    ways.map(({ to, through }) =>
      rightwards(`cause-${index}`, to, {
        dashed: through.length > 0,
        bend: middle + ((index % 3) - 1) * 6,
      }),
    ),
  );
}
