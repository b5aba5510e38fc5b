/**
 * How a guest gets into the instruction emulator, from facts alone: which exits and faults lead to which functions, what
 * these call the emulator for, and how many opcodes it has. Nothing is added that no fact says.
 */

import { isTreeEvidence } from '../model/evidence.ts';
import type { FactKind } from '../model/fact-kinds.ts';
import type { GuestType } from '../model/guest-types.ts';
import type { Fact, FactOf } from '../schema/fact.ts';
import { counted } from './counted.ts';
import { removedIn } from './fact-at.ts';
import { factKindRoute, factRoute } from './routes.ts';

/** The kinds of facts that it is drawn from. */
export const REACH_KINDS: ReadonlySet<FactKind> = new Set([
  'emulator-caller',
  'opcode-map',
  'pv-instruction',
  'vm-exit',
]);

/** A call that is on the way into the emulator, with what it is for. */
export type EmulatorCall = FactOf<'emulator-caller'>;

/** A function with its calls on the way into the emulator. */
export interface EmulatorFunction {
  readonly name: string;
  readonly calls: readonly EmulatorCall[];
}

/** A way from an exit or a fault to a function that calls the emulator. */
export interface CausedCall {
  readonly to: string;
  /** Functions in between, each once, sorted; empty where the way is direct. */
  readonly through: readonly string[];
  /** Exits or instructions that go this way. */
  readonly facts: readonly Fact[];
}

/** What brings the CPU into Xen: exits of a vendor, or the entry of a fault. */
export interface Cause {
  readonly title: string;
  readonly note: string;
  readonly href: string;
  readonly ways: readonly CausedCall[];
}

/** An encoding of opcodes with the labels that the emulator's switch has for it. */
export interface Encoding {
  readonly name: string;
  readonly labels: number;
  readonly labelsWithoutHvm: number;
  readonly maps: readonly FactOf<'opcode-map'>[];
}

export interface EmulatorReach {
  readonly guests: readonly GuestType[];
  readonly causes: readonly Cause[];
  /** Functions that no other call on the way leads to. */
  readonly entries: readonly EmulatorFunction[];
  /** Functions that others call on the way, those further from its end first, and of these the more called ones. */
  readonly shared: readonly EmulatorFunction[];
  /** Those with more labels first. */
  readonly encodings: readonly Encoding[];
}

function ofKind<K extends Fact['kind']>(facts: readonly Fact[], kind: K): FactOf<K>[] {
  return facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** The guest types among some that a call serves. */
export function servedBy(fact: Fact, guests: readonly GuestType[]): GuestType[] {
  return guests.filter((guest) => fact.guests[guest].some(({ how }) => how !== 'absent'));
}

/** How many calls lie at most between a function and the end of the way. Throws where calls go in a circle. */
function distances(calls: readonly EmulatorCall[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const measure = (name: string, above: readonly string[]): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (above.includes(name)) throw new Error(`The calls of \`${name}\` go in a circle`);
    const callees = calls.filter(({ attributes }) => attributes.caller === name);
    const distance = Math.max(
      0,
      ...callees.map(({ attributes }) => 1 + measure(attributes.callee, [...above, name])),
    );
    known.set(name, distance);
    return distance;
  };
  for (const { attributes } of calls) measure(attributes.caller, []);
  return known;
}

interface Way {
  readonly to: string;
  readonly through: readonly string[];
  readonly fact: Fact;
}

/** The last function of a path that calls the emulator on its own, and what comes before it. */
function wayAlong(path: readonly string[], names: readonly string[], fact: Fact): Way | undefined {
  const at = path.findLastIndex((name) => names.includes(name));
  const to = path[at];
  return to === undefined ? undefined : { to, through: path.slice(0, at), fact };
}

/** The way of an exit: its path, or its handler where that calls the emulator itself. */
function wayOfExit(fact: FactOf<'vm-exit'>, names: readonly string[]): Way | undefined {
  const { emulatorPath, decoderPath } = fact.attributes;
  const path = emulatorPath.length > 0 ? emulatorPath : decoderPath;
  if (path.length === 0) return undefined;
  const own = fact.evidence.filter(isTreeEvidence).flatMap(({ symbol }) => symbol ?? []);
  const handler = own.find((symbol) => names.includes(symbol) && !path.includes(symbol));
  const found = wayAlong(path, names, fact);
  return found ?? (handler === undefined ? undefined : { to: handler, through: [], fact });
}

function waysTogether(ways: readonly Way[]): CausedCall[] {
  return unique(ways.map(({ to }) => to)).map((to) => {
    const own = ways.filter((way) => way.to === to);
    const through = unique(own.flatMap((way) => way.through)).sort();
    return { to, through, facts: own.map(({ fact }) => fact) };
  });
}

const VENDORS = { vmx: 'Intel', svm: 'AMD' } as const;

function causesByExit(exits: readonly FactOf<'vm-exit'>[], names: readonly string[]): Cause[] {
  return (['vmx', 'svm'] as const).flatMap((vendor) => {
    const own = exits.filter(({ attributes }) => attributes.vendor === vendor);
    const ways = waysTogether(own.flatMap((fact) => wayOfExit(fact, names) ?? []));
    return ways.map((way) => {
      const [first, ...others] = way.facts;
      const only = others.length === 0 ? first : undefined;
      return {
        title: only === undefined ? counted(way.facts.length, 'exit') : only.title,
        note: VENDORS[vendor],
        href: only === undefined ? factKindRoute('vm-exit') : factRoute(only.id),
        ways: [way],
      };
    });
  });
}

/** Entries that are about an instruction or an access; ports and conditions say more about some of these. */
const EXECUTED: ReadonlySet<string> = new Set([
  'emulated-instruction',
  'decoded-instruction',
  'not-emulated',
  'page-fault',
]);

function causesByFault(
  instructions: readonly FactOf<'pv-instruction'>[],
  names: readonly string[],
): Cause[] {
  const own = instructions.filter(
    ({ attributes }) => EXECUTED.has(attributes.class) && attributes.emulator !== 'no',
  );
  const entries = unique(own.flatMap(({ attributes }) => attributes.entry ?? []));
  return entries.map((entry) => {
    const facts = own.filter(({ attributes }) => attributes.entry === entry);
    const ways = facts.flatMap((fact) => wayAlong(fact.attributes.handlers, names, fact) ?? []);
    return {
      title: entry,
      note: `${facts.length} instructions and accesses`,
      href: factKindRoute('pv-instruction'),
      ways: waysTogether(ways),
    };
  });
}

function encodingsOf(maps: readonly FactOf<'opcode-map'>[]): Encoding[] {
  const whole = maps.filter(({ attributes }) => attributes.part === 'map');
  const nameOf = (fact: FactOf<'opcode-map'>) => fact.attributes.map.replace(/\/.*$/, '');
  const sum = (numbers: readonly (number | null)[]) =>
    numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
  const encodings = unique(whole.map(nameOf)).map((name) => {
    const own = whole.filter((fact) => nameOf(fact) === name);
    return {
      name,
      labels: sum(own.map(({ attributes }) => attributes.labels)),
      labelsWithoutHvm: sum(own.map(({ attributes }) => attributes.labelsWithoutHvm)),
      maps: own,
    };
  });
  return encodings.sort((a, b) => b.labels - a.labels || (a.name < b.name ? -1 : 1));
}

/** The ways of these guest types into the emulator at the pinned release. */
export function emulatorReach(all: readonly Fact[], guests: readonly GuestType[]): EmulatorReach {
  const present = all.filter((fact) => removedIn(fact) === undefined);
  const facts = present.filter((fact) => servedBy(fact, guests).length > 0);
  const calls = ofKind(facts, 'emulator-caller');
  const distance = distances(calls);
  const far = (name: string) => distance.get(name) ?? 0;
  const callees = unique(calls.map(({ attributes }) => attributes.callee));
  const functionOf = (name: string): EmulatorFunction => ({
    name,
    calls: calls.filter(({ attributes }) => attributes.caller === name),
  });
  const callersOf = (name: string) =>
    calls.filter(({ attributes }) => attributes.callee === name).length;
  const shared = [...callees]
    .sort((a, b) => far(b) - far(a) || callersOf(b) - callersOf(a) || (a < b ? -1 : 1))
    .map(functionOf);
  const order = shared.map(({ name }) => name);
  const firstCallee = ({ calls: own }: EmulatorFunction) =>
    Math.min(...own.map(({ attributes }) => order.indexOf(attributes.callee)));
  const entries = unique(calls.map(({ attributes }) => attributes.caller))
    .filter((name) => !callees.includes(name))
    .map(functionOf)
    .sort((a, b) => firstCallee(a) - firstCallee(b) || (a.name < b.name ? -1 : 1));
  const names = entries.map(({ name }) => name);
  const rank = ({ ways }: Cause) => Math.min(...ways.map(({ to }) => names.indexOf(to)));
  const causes = [
    ...causesByExit(ofKind(facts, 'vm-exit'), names),
    ...causesByFault(ofKind(facts, 'pv-instruction'), names),
  ]
    .filter(({ ways }) => ways.length > 0)
    .sort((a, b) => rank(a) - rank(b) || (a.note < b.note ? -1 : 1));
  return { guests, causes, entries, shared, encodings: encodingsOf(ofKind(present, 'opcode-map')) };
}
