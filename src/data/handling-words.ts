import { describeCondition, isUnconditional } from '../model/condition.ts';
import { BYS, type By, EFFECT_WORDS, type Handling, HOWS, type How } from '../model/handling.ts';

/** Names of the symbols in the sprite: one for each `how`, and one for what QEMU emulates. */
export type HandlingSymbolName = How | 'emulated-qemu';

/** The symbols in the order of the vocabulary. */
export const SYMBOL_ORDER: readonly HandlingSymbolName[] = HOWS.flatMap(
  (how): HandlingSymbolName[] => (how === 'emulated' ? [how, 'emulated-qemu'] : [how]),
);

type Verdict = Pick<Handling, 'how' | 'by' | 'effect'>;

/** Who does it, short enough for a cell. */
export const BY_NAMES: Readonly<Record<By, string>> = {
  cpu: 'the CPU',
  xen: 'Xen',
  qemu: 'QEMU',
  dom0: 'dom0',
  shim: 'the shim',
  firmware: 'the firmware',
  guest: 'the guest',
};

/** Verdicts for which the reader has to know who does it. */
const NAMES_ITS_DOER: ReadonlySet<How> = new Set(['emulated', 'paravirtualized', 'mediated']);

const VERDICT_SENTENCES: Readonly<Record<How, string>> = {
  native: 'runs on the bare hardware',
  hardware: 'handled by the hardware, without an exit',
  emulated: 'emulated',
  paravirtualized: 'replaced by an explicit interface',
  mediated: 'trapped, checked and applied to the real hardware',
  passthrough: 'passed through to the hardware',
  refused: 'refused',
  absent: 'absent: nothing answers',
  exposed: 'exposed',
  'opt-in': 'only when the configuration or a tool asks for it',
  restricted: 'restricted: only some operations work',
  hidden: 'hidden',
  unknown: 'not established',
};

/** The word between a verdict and its doer, for the verdicts whose sentence names it. */
const DOER_LINKS: Partial<Record<How, string>> = {
  emulated: 'by',
  paravirtualized: 'to',
  mediated: 'by',
  refused: 'by',
};

export function symbolOf({ how, by }: Verdict): HandlingSymbolName {
  return how === 'emulated' && by === 'qemu' ? 'emulated-qemu' : how;
}

/** A verdict in two or three words, such as `emulated by Xen` or `refused: #GP`. */
export function verdictWords({ how, by, effect }: Verdict): string {
  if (effect !== undefined) return `${how}: ${effect.replace('-', ' ')}`;
  return by !== undefined && NAMES_ITS_DOER.has(how) ? `${how} by ${BY_NAMES[by]}` : how;
}

const ACCESS_WORDS = { read: 'reads', write: 'writes', both: undefined } as const;

/** The access that a handling is for, when it is for one of the two: `reads` or `writes`. */
export function accessWords({ access }: Pick<Handling, 'access'>): string | undefined {
  return access === undefined ? undefined : ACCESS_WORDS[access];
}

function capitalize(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** When a handling applies, as the start of a sentence; `undefined` when it always does. */
export function conditionWords(handling: Handling): string | undefined {
  const phrases = [
    accessWords(handling),
    isUnconditional(handling.when) ? undefined : describeCondition(handling.when),
  ].filter((phrase) => phrase !== undefined && phrase !== '');
  return phrases.length === 0 ? undefined : capitalize(phrases.join(', '));
}

/** What happens, as the end of a sentence: `emulated by Xen`, `refused by Xen with a page fault`. */
export function verdictSentence({ how, by, effect }: Verdict): string {
  const link = DOER_LINKS[how];
  return [
    VERDICT_SENTENCES[how],
    by === undefined || link === undefined ? '' : ` ${link} ${BY_NAMES[by]}`,
    effect === undefined ? '' : ` (${EFFECT_WORDS[effect]})`,
  ].join('');
}

/** One handling as a sentence: `On Intel, with …: handled by the hardware, without an exit.` */
export function handlingSentence(handling: Handling): string {
  const condition = conditionWords(handling);
  const verdict = verdictSentence(handling);
  return condition === undefined ? `${capitalize(verdict)}.` : `${condition}: ${verdict}.`;
}

/** What a cell says at a glance: its symbol and, where Xen is not the only one who does it, its doer. */
export interface Glance {
  readonly symbol: HandlingSymbolName;
  readonly by?: By | undefined;
}

/** Every glance, in the order of the vocabulary. QEMU has a symbol of its own. */
export const GLANCE_ORDER: readonly Glance[] = SYMBOL_ORDER.flatMap((symbol): Glance[] =>
  symbol === 'emulated'
    ? [...BYS.filter((by) => by !== 'qemu').map((by) => ({ symbol, by })), { symbol }]
    : [{ symbol }],
);

export function glanceOf(handling: Verdict): Glance {
  const symbol = symbolOf(handling);
  return symbol === 'emulated' ? { symbol, by: handling.by } : { symbol };
}

/** A glance in words, such as `emulated by the firmware`. */
export function glanceWords({ symbol, by }: Glance): string {
  if (symbol === 'emulated-qemu') return `emulated by ${BY_NAMES.qemu}`;
  return by === undefined ? symbol : `${symbol} by ${BY_NAMES[by]}`;
}

/** The filters of the matrix that select what a glance stands for. */
export function filterOf({ symbol, by }: Glance): { how: How; by?: By } {
  if (symbol === 'emulated-qemu') return { how: 'emulated', by: 'qemu' };
  return by === undefined ? { how: symbol } : { how: symbol, by };
}
