import type { Cause, EmulatorFunction, EmulatorReach, Encoding } from '../data/emulator-reach.ts';
import {
  type Arrow,
  anchorOf,
  BOX_PADDING,
  type Box,
  type Drawing,
  heightOf,
  LINE,
  type Zone,
} from './drawing.ts';
import { causeArrows, entryArrows, sharedArrows } from './reach-arrows.ts';
import {
  causeBox,
  encodingBox,
  entryBox,
  type SymbolPage,
  sharedBox,
  type Unplaced,
} from './reach-boxes.ts';
import { COLUMNS } from './reach-columns.ts';
import { rightwards } from './shapes.ts';
import { meanOf, stackDown } from './stack.ts';

const TOP = 48;
const GAP = 14;

function middleOf(box: Box): number {
  return anchorOf(box, 'left').y;
}

function place(boxes: readonly (Unplaced & { readonly middle: number })[], gap = GAP): Box[] {
  const tops = stackDown(
    boxes.map(({ lines, middle }) => ({ height: heightOf({ lines }), middle })),
    TOP,
    gap,
  );
  return boxes.map(({ middle: _, ...box }, index) => ({ ...box, y: tops[index] ?? TOP }));
}

function zonesOf(height: number): Zone[] {
  return Object.values(COLUMNS).map(({ x, width, title }) => ({
    x: x - BOX_PADDING,
    y: BOX_PADDING,
    width: width + 2 * BOX_PADDING,
    height: height - 2 * BOX_PADDING,
    title,
  }));
}

/** A box for each function on the way, near those that call it. */
function placeShared(
  shared: readonly EmulatorFunction[],
  entries: readonly Box[],
  calls: readonly Arrow[],
  pageOf: SymbolPage,
): Box[] {
  const callers = (name: string) =>
    calls
      .filter(({ to }) => to === name)
      .flatMap(({ from }) => entries.filter(({ id }) => id === from));
  return place(
    shared.map((own) => ({
      ...sharedBox(own, pageOf),
      middle: meanOf(callers(own.name).map(middleOf)),
    })),
    GAP + LINE,
  );
}

/** A box for each cause, near what it leads to. */
function placeCauses(causes: readonly Cause[], entries: readonly Box[]): Box[] {
  return place(
    causes.map((cause, index) => {
      const led = entries.filter(({ id }) => cause.ways.some(({ to }) => to === id));
      return { ...causeBox(cause, index), middle: meanOf(led.map(middleOf)) };
    }),
  );
}

/** The encodings one below the other, with the emulator at the middle. */
function placeEncodings(encodings: readonly Encoding[], emulator: Box | undefined): Box[] {
  const boxes = encodings.map(encodingBox);
  const height = boxes.reduce((sum, { lines }) => sum + heightOf({ lines }) + GAP, -GAP);
  const top = (emulator === undefined ? 0 : middleOf(emulator)) - height / 2;
  const share = height / boxes.length;
  return place(boxes.map((own, index) => ({ ...own, middle: top + (index + 0.5) * share })));
}

/** The ways into the emulator as boxes and arrows. The places follow from the facts alone. */
export function drawReach(reach: EmulatorReach, pageOf: SymbolPage, description: string): Drawing {
  const { guests, causes, entries, shared, encodings } = reach;
  const entryBoxes = place(entries.map((own) => ({ ...entryBox(own, guests, pageOf), middle: 0 })));
  const lanes = shared.map(({ name }) => name);
  const fromEntries = entryArrows(entries, entryBoxes, lanes);
  const sharedBoxes = placeShared(shared, entryBoxes, fromEntries, pageOf);
  const emulator = sharedBoxes.find(({ id }) => id === 'x86_emulate');
  const encodingBoxes = placeEncodings(encodings, emulator);
  const boxes = [
    ...placeCauses(causes, entryBoxes),
    ...entryBoxes,
    ...sharedBoxes,
    ...encodingBoxes,
  ];
  const height = Math.max(...boxes.map((own) => own.y + heightOf(own))) + 2 * BOX_PADDING;
  const { x, width } = COLUMNS.opcodes;
  const toEncodings = encodingBoxes.map(({ id }) =>
    rightwards('x86_emulate', id, { bend: x - 2 * BOX_PADDING }),
  );
  return {
    width: x + width + 2 * BOX_PADDING,
    height,
    description,
    zones: zonesOf(height),
    boxes,
    arrows: [
      ...causeArrows(causes),
      ...fromEntries,
      ...sharedArrows(shared),
      ...(emulator === undefined ? [] : toEncodings),
    ],
  };
}
