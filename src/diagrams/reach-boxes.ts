/** The boxes of the reach of the emulator, before they have their heights in the picture. */
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
import { type Box, textOf } from './drawing.ts';
import { COLUMNS } from './reach-columns.ts';
import { wrapText } from './wrap-text.ts';

/** Characters of what a call is for in one line. */
const TEXT_WIDTH = 50;

/** A box that is not placed yet. */
export type Unplaced = Omit<Box, 'y'>;

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

export function entryBox(
  { name, calls }: EmulatorFunction,
  guests: EmulatorReach['guests'],
  pageOf: SymbolPage,
): Unplaced {
  const triggers = calls.map((call) => ({
    text: wrapText(triggerOf(call, guests), TEXT_WIDTH),
    href: factRoute(call.id),
  }));
  const { x, width } = COLUMNS.entry;
  const lines = [headingOf(name, pageOf), ...triggers] as const;
  return { id: name, kind: 'xen', x, width, flush: true, lines };
}

export function sharedBox({ name, calls }: EmulatorFunction, pageOf: SymbolPage): Unplaced {
  const { x, width } = COLUMNS.shared;
  const end = calls.length === 0;
  const lines = [headingOf(name, pageOf)] as const;
  return { id: name, kind: end ? 'emulator' : 'xen', x, width, lines };
}

export function causeBox({ title, note, href }: Cause, index: number): Unplaced {
  const { x, width } = COLUMNS.cause;
  return { id: `cause-${index}`, kind: 'cpu', x, width, lines: [{ text: [title], href }, note] };
}

export function encodingBox({ name, labels, labelsWithoutHvm, maps }: Encoding): Unplaced {
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
export function callLine(box: Pick<Box, 'lines'>, nth: number): number {
  return textOf({ lines: [box.lines[0], ...box.lines.slice(1, nth + 1)] }).length;
}
