/** What a difference between two cells means, as sentences that say no more than their verdicts and conditions. Pure. */
import { EFFECT_WORDS, type Handling, type How } from '../model/handling.ts';
import type { Likeness } from './compare-guests.ts';
import { counted } from './counted.ts';
import { BY_NAMES, conditionWords, handlingSentence, verdictSentence } from './handling-words.ts';
import { verdictKey } from './matrix.ts';

/** A guest type as a sentence names it, and what a row says of it, the default first. */
export interface Side {
  readonly title: string;
  readonly cell: readonly Handling[];
}

/** The clause for each verdict whose doer need not be named. */
const CLAUSES: Partial<Record<How, (guest: string) => string>> = {
  native: (guest) => `${guest} uses the bare hardware`,
  hardware: (guest) => `the hardware handles it for ${guest}, without an exit`,
  passthrough: (guest) => `${guest} has it passed through`,
  absent: (guest) => `${guest} does not have it`,
  exposed: (guest) => `${guest} is offered it`,
  'opt-in': (guest) => `${guest} is offered it only when the configuration or a tool asks for it`,
  restricted: (guest) => `${guest} is offered it, and only some operations work`,
  hidden: (guest) => `it is hidden from ${guest}`,
};

/** The clause for each verdict that says who does it. */
const DOER_CLAUSES: Partial<Record<How, (guest: string, doer: string) => string>> = {
  emulated: (guest, doer) => `${doer} emulates it for ${guest}`,
  paravirtualized: (guest, doer) => `${guest} uses an explicit interface to ${doer} in its place`,
  mediated: (guest, doer) =>
    `${doer} traps it for ${guest}, checks it and applies it to the real hardware`,
  refused: (guest, doer) => `${doer} refuses it to ${guest}`,
};

function lowerFirst(text: string): string {
  return text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function upperFirst(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function clauseOf(title: string, handling: Handling): string {
  const condition = conditionWords(handling);
  if (condition !== undefined) {
    return `${title}, ${lowerFirst(condition)}: ${verdictSentence(handling)}`;
  }
  const { how, by, effect } = handling;
  const clause =
    by === undefined
      ? CLAUSES[how]?.(title)
      : (DOER_CLAUSES[how]?.(title, BY_NAMES[by]) ?? CLAUSES[how]?.(title));
  if (clause === undefined) return `${title}: ${verdictSentence(handling)}`;
  return effect === undefined ? clause : `${clause} (${EFFECT_WORDS[effect]})`;
}

/** The defaults side by side. */
function defaultsDiffer(a: Side, b: Side): string {
  const clauses = [a, b].flatMap(({ title, cell: [first] }) =>
    first === undefined ? [] : [clauseOf(title, first)],
  );
  const conditional = a.cell.length + b.cell.length > 2;
  return `${conditional ? 'By default ' : ''}${clauses.join('; ')}`;
}

/** Handlings of one side that the other has not. */
function ownHandlings(side: Side, other: Side): readonly Handling[] {
  const known = new Set(other.cell.map((handling) => verdictKey([handling])));
  return side.cell.filter((handling) => !known.has(verdictKey([handling])));
}

/** More than these are counted; the cells list them. */
const WRITTEN_OUT = 3;

/** Two cells that begin alike: what only one of them goes on to say. */
function conditionsDiffer(a: Side, b: Side): string[] {
  const own = [a, b].map((side, index) => ({
    title: side.title,
    handlings: ownHandlings(side, index === 0 ? b : a),
  }));
  const total = own.reduce((sum, { handlings }) => sum + handlings.length, 0);
  return own
    .filter(({ handlings }) => handlings.length > 0)
    .map(({ title, handlings }) =>
      total > WRITTEN_OUT
        ? `${counted(handlings.length, 'condition')} ${handlings.length === 1 ? 'holds' : 'hold'} for ${title} only`
        : `Only for ${title}: ${handlings.map((handling) => lowerFirst(handlingSentence(handling)).replace(/\.$/, '')).join('; ')}`,
    );
}

const EMULATORS = [
  { by: 'xen', name: 'Xen’s emulation' },
  { by: 'qemu', name: 'QEMU’s emulation' },
  { by: 'shim', name: 'the shim’s emulation' },
] as const;

/** Whose emulation one side reaches, by default or under a condition, and the other never. */
function emulationReached(a: Side, b: Side): string[] {
  return EMULATORS.flatMap(({ by, name }) => {
    const reaching = (side: Side) =>
      side.cell.filter((handling) => handling.how === 'emulated' && handling.by === by);
    const reach = [a, b].filter((side) => reaching(side).length > 0);
    const [only] = reach;
    if (only === undefined || reach.length > 1) return [];
    const always = reaching(only).some((handling) => conditionWords(handling) === undefined);
    return [`Only ${only.title} reaches ${name} here${always ? '' : ', under a condition'}`];
  });
}

function alike({ cell }: Side): string {
  const [first, ...others] = cell;
  const says = first === undefined ? '' : lowerFirst(handlingSentence(first)).replace(/\.$/, '');
  const more = others.length === 0 ? '' : `, and ${counted(others.length, 'more case')} alike`;
  return `Both: ${says}${more}`;
}

function sentencesOf(likeness: Likeness, a: Side, b: Side): string[] {
  if (likeness === 'neither') return ['Neither has it'];
  if (likeness === 'same') return [alike(a)];
  if (likeness === 'unknown') {
    const open = [a, b].filter(({ cell }) => cell.some(({ how }) => how === 'unknown'));
    return [`Not established for ${open.map(({ title }) => title).join(' and ')}`];
  }
  const first = (side: Side) => verdictKey(side.cell.slice(0, 1));
  const difference =
    first(a) === first(b)
      ? [alike({ ...a, cell: a.cell.slice(0, 1) }), ...conditionsDiffer(a, b)]
      : [defaultsDiffer(a, b)];
  return [...difference, ...emulationReached(a, b)];
}

/** What the likeness of two cells means, in one to three sentences; names of the source stand in backticks. */
export function differenceWords(likeness: Likeness, a: Side, b: Side): string {
  return sentencesOf(likeness, a, b)
    .map((sentence) => `${upperFirst(sentence)}.`)
    .join(' ');
}
