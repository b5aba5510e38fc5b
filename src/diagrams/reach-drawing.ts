import {
  type Cause,
  type EmulatorCall,
  type EmulatorFunction,
  type EmulatorReach,
  type Encoding,
  servedBy,
} from '../data/emulator-reach.ts';
import { factRoute } from '../data/routes.ts';
import { GUEST_TYPE_WORDS } from '../model/guest-types.ts';
import {
  type Arrow,
  anchorOf,
  BOX_PADDING,
  type Box,
  type Drawing,
  heightOf,
  LINE,
  textOf,
  type Zone,
} from './drawing.ts';
import { meanOf, stackDown } from './stack.ts';
import { wrapText } from './wrap-text.ts';

/** The columns of the drawing, from the exit to the opcodes: where their boxes begin and how wide these are. */
const COLUMNS = {
  cause: { x: 20, width: 236, title: 'Exit or fault' },
  entry: { x: 302, width: 356, title: 'Where a way begins, and for what' },
  shared: { x: 766, width: 246, title: 'On the way to the emulator' },
  opcodes: { x: 1086, width: 142, title: 'Opcodes' },
} as const;

const TOP = 48;
const GAP = 14;
/** Characters of what a call is for in one line. */
const TEXT_WIDTH = 50;
/** Distance between the upright parts of arrows that lead to different functions. */
const LANE = 9;

/** Looks up the page of a function; `undefined` where it has none. */
export type SymbolPage = (name: string) => string | undefined;

function headingOf(name: string, pageOf: SymbolPage): Box['lines'][0] {
  const href = pageOf(name);
  return href === undefined ? name : { text: [name], href };
}

/** What a call is for, and for whom where not all of the guest types come to it. */
function triggerOf(call: EmulatorCall, guests: EmulatorReach['guests']): string {
  const served = servedBy(call, guests);
  const { trigger } = call.attributes;
  if (served.length === guests.length) return trigger;
  return `${trigger} (${served.map((guest) => GUEST_TYPE_WORDS[guest].title).join(', ')} only)`;
}

function entryBox(
  { name, calls }: EmulatorFunction,
  guests: EmulatorReach['guests'],
  pageOf: SymbolPage,
): Omit<Box, 'y'> {
  const triggers = calls.map((call) => ({
    text: wrapText(triggerOf(call, guests), TEXT_WIDTH),
    href: factRoute(call.id),
  }));
  const { x, width } = COLUMNS.entry;
  const lines = [headingOf(name, pageOf), ...triggers] as const;
  return { id: name, kind: 'xen', x, width, flush: true, lines };
}

function sharedBox({ name, calls }: EmulatorFunction, pageOf: SymbolPage): Omit<Box, 'y'> {
  const { x, width } = COLUMNS.shared;
  const end = calls.length === 0;
  const lines = [headingOf(name, pageOf)] as const;
  return { id: name, kind: end ? 'emulator' : 'xen', x, width, lines };
}

function causeBox({ title, note, href }: Cause, index: number): Omit<Box, 'y'> {
  const { x, width } = COLUMNS.cause;
  return { id: `cause-${index}`, kind: 'cpu', x, width, lines: [{ text: [title], href }, note] };
}

function encodingBox({ name, labels, labelsWithoutHvm, maps }: Encoding): Omit<Box, 'y'> {
  const { x, width } = COLUMNS.opcodes;
  const href = `#opcodes-${name}`;
  const counts = [`${labels} labels in`, `${maps.length} maps; ${labelsWithoutHvm}`, 'without HVM'];
  return {
    id: `opcodes-${name}`,
    kind: 'emulator',
    x,
    width,
    lines: [{ text: [name], href }, ...counts],
  };
}

/** Height within a box at which the line of its nth call stands. */
function callLine(box: Pick<Box, 'lines'>, nth: number): number {
  return textOf({ lines: [box.lines[0], ...box.lines.slice(1, nth + 1)] }).length;
}

function middleOf(box: Box): number {
  return anchorOf(box, 'left').y;
}

function place(boxes: readonly (Omit<Box, 'y'> & { readonly middle: number })[], gap = GAP): Box[] {
  const tops = stackDown(
    boxes.map(({ lines, middle }) => ({ height: heightOf({ lines }), middle })),
    TOP,
    gap,
  );
  return boxes.map(({ middle: _, ...box }, index) => ({ ...box, y: tops[index] ?? TOP }));
}

function entryArrows(
  entries: readonly EmulatorFunction[],
  boxes: readonly Box[],
  lanes: readonly string[],
): Arrow[] {
  const right = COLUMNS.shared.x - 2 * LANE;
  return entries.flatMap(({ name, calls }) =>
    calls.map(({ attributes }, index): Arrow => {
      const box = boxes.find(({ id }) => id === name);
      return {
        from: name,
        to: attributes.callee,
        sides: ['right', 'left'],
        dashed: !attributes.executes,
        line: box === undefined ? 0 : callLine(box, index),
        bend: right - lanes.indexOf(attributes.callee) * LANE,
      };
    }),
  );
}

/** Calls within the column of shared functions: straight down to the next one, else round the others on the right. */
function sharedArrows(shared: readonly EmulatorFunction[]): Arrow[] {
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
        : { from: name, to: callee, sides: ['bottom', 'top'] },
  );
}

function causeArrows(causes: readonly Cause[]): Arrow[] {
  const { x, width } = COLUMNS.cause;
  const middle = (x + width + COLUMNS.entry.x) / 2;
  return causes.flatMap(({ ways }, index) =>
    ways.map(
      ({ to, through }): Arrow => ({
        from: `cause-${index}`,
        to,
        sides: ['right', 'left'],
        dashed: through.length > 0,
        bend: middle + ((index % 3) - 1) * 6,
      }),
    ),
  );
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

/** The ways into the emulator as boxes and arrows. The places follow from the facts alone. */
export function drawReach(reach: EmulatorReach, pageOf: SymbolPage, description: string): Drawing {
  const { guests, causes, entries, shared, encodings } = reach;
  const entryBoxes = place(entries.map((own) => ({ ...entryBox(own, guests, pageOf), middle: 0 })));
  const lanes = shared.map(({ name }) => name);
  const fromEntries = entryArrows(entries, entryBoxes, lanes);
  const byId = new Map(entryBoxes.map((box) => [box.id, box]));
  const sharedBoxes = place(
    shared.map((own) => {
      const callers = fromEntries
        .filter(({ to }) => to === own.name)
        .flatMap(({ from }) => byId.get(from) ?? []);
      return { ...sharedBox(own, pageOf), middle: meanOf(callers.map(middleOf)) };
    }),
    GAP + LINE,
  );
  const causeBoxes = place(
    causes.map((cause, index) => {
      const led = cause.ways.flatMap(({ to }) => byId.get(to) ?? []);
      return { ...causeBox(cause, index), middle: meanOf(led.map(middleOf)) };
    }),
  );
  const emulator = sharedBoxes.find(({ id }) => id === 'x86_emulate');
  const wanted = emulator === undefined ? 0 : middleOf(emulator);
  const whole = encodings.map(encodingBox);
  const tall = whole.reduce((sum, { lines }) => sum + heightOf({ lines }) + GAP, -GAP);
  const encodingBoxes = place(
    whole.map((box, index) => ({
      ...box,
      middle: wanted - tall / 2 + (index + 0.5) * (tall / whole.length),
    })),
  );
  const boxes = [...causeBoxes, ...entryBoxes, ...sharedBoxes, ...encodingBoxes];
  const bottom = Math.max(...boxes.map((box) => box.y + heightOf(box)));
  const height = bottom + 2 * BOX_PADDING;
  const { x, width } = COLUMNS.opcodes;
  const toEncodings = encodingBoxes.map(
    ({ id }): Arrow => ({
      from: 'x86_emulate',
      to: id,
      sides: ['right', 'left'],
      bend: x - 2 * BOX_PADDING,
    }),
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
