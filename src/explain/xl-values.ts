/** Values of settings, as the functions of libxlu and xl read them. */
import { nearestHint } from '../data/nearest.ts';
import { XL_WORDS, type XlKey, type XlShape } from './xl-keys.ts';
import type { XlValue } from './xl-parser.ts';
import type { XlProblem } from './xl-problem.ts';
import { shown } from './xl-tokens.ts';
import type { Architecture, Decided, GuestKind } from './xl-types.ts';

/** A value, or what was found and what is expected in its place. Ignored: xl warns and goes on without it. */
export type Read<T> =
  | { readonly value: T }
  | { readonly found: string; readonly expected: string; readonly ignored?: boolean };

/** A number as `strtol` reads it with base 0: decimal, hexadecimal after `0x`, octal after `0`. */
function parseLong(text: string): number | undefined {
  const parts = /^\s*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))$/.exec(text);
  if (parts === null) return undefined;
  const [, sign, hexadecimal, octal, decimal] = parts;
  const size =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : Number.parseInt(octal ?? decimal ?? '', octal === undefined ? 10 : 8);
  return Number.isSafeInteger(size) ? size * (sign === '-' ? -1 : 1) : undefined;
}

export function readNumber(_key: string, text: string): Read<number> {
  const value = parseLong(text);
  return value === undefined
    ? { found: shown(text), expected: 'a number: xl ignores the setting', ignored: true }
    : { value };
}

export function readFlag(_key: string, text: string): Read<boolean> {
  const value = parseLong(text);
  return value === undefined
    ? { found: shown(text), expected: '0 or 1: xl ignores the setting', ignored: true }
    : { value: value !== 0 };
}

/** Keys whose words xl compares letter by letter; those of libxl’s enumerations may be in any case. */
const EXACT: ReadonlySet<string> = new Set<XlKey>(['vga', 'device_model_version', 'on_soft_reset']);

/** The words that a number stands for, for keys that may be given as a number. */
const NUMBERED: ReadonlySet<string> = new Set<XlKey>(['altp2m', 'timer_mode', 'tsc_mode']);

function wordsOf(key: string): readonly string[] | undefined {
  return Object.entries(XL_WORDS).find(([known]) => known === key)?.[1];
}

/** A text; for keys that take one of a few words, that word. */
export function readWords(key: string, text: string): Read<string | boolean> {
  const words = wordsOf(key);
  if (words === undefined) return { value: text };
  const number = parseLong(text);
  if (key === 'gfx_passthru' && number !== undefined) return { value: number !== 0 };
  if (NUMBERED.has(key) && number !== undefined) {
    const word = words[number];
    return word === undefined
      ? { found: shown(text), expected: `a number below ${words.length}` }
      : { value: word };
  }
  const wanted = EXACT.has(key) ? text : text.toLowerCase();
  if (!words.includes(wanted)) {
    const listed = words.map((word) => `\`${word}\``).join(', ');
    return { found: shown(text), expected: `one of ${listed}${nearestHint(text, words)}` };
  }
  return { value: key === 'gfx_passthru' ? true : wanted };
}

/** What is wrong when a list stands for a single value, or the other way round. */
export function wrongShape(
  shape: XlShape,
  value: XlValue,
  added: boolean,
): { found: string; expected: string; ignored: true } | undefined {
  const isList = typeof value !== 'string';
  if (isList && !shape.startsWith('list')) {
    return { found: 'a list', expected: 'a single value: xl ignores the setting', ignored: true };
  }
  if (!isList && shape === 'list') {
    return { found: shown(value), expected: 'a list: xl ignores the setting', ignored: true };
  }
  return added && (shape === 'flag' || shape === 'number')
    ? { found: '`+=`', expected: '`=` for a number: xl ignores the setting', ignored: true }
    : undefined;
}

/** The beginnings that xl takes for a type: it compares as many letters as it is given. */
function kindOf(text: string, kinds: readonly (readonly [string, GuestKind])[]) {
  return kinds.find(([word]) => word.startsWith(text))?.[1];
}

const TYPES = [
  ['hvm', 'hvm'],
  ['pv', 'pv'],
  ['pvh', 'pvh'],
] as const;

const BUILDERS = [
  ['hvm', 'hvm'],
  ['generic', 'pv'],
] as const;

function wrongKind({ key, line }: Decided, text: string, words: readonly string[]): XlProblem {
  return {
    kind: 'xl-value',
    severity: 'error',
    line,
    actual: `${shown(text)} for \`${key}\``,
    expected: `one of ${words.map((word) => `\`${word}\``).join(', ')}${nearestHint(text, words)}`,
  };
}

/** The type of the guest: `type`, or the older `builder`, or PV; always PVH on Arm unless the file says otherwise. */
export function readType(
  type: Decided | undefined,
  builder: Decided | undefined,
  architecture: Architecture,
): { kind: GuestKind; decided: Omit<Decided, 'value'>; problems: XlProblem[] } {
  const problems: XlProblem[] = [];
  const kinds = [
    [type, TYPES],
    [builder, BUILDERS],
  ] as const;
  const [ofType, ofBuilder] = kinds.map(([decided, words]) => {
    if (typeof decided?.value !== 'string') return undefined;
    const kind = kindOf(decided.value, words);
    if (kind === undefined) {
      problems.push(
        wrongKind(
          decided,
          decided.value,
          words.map(([word]) => word),
        ),
      );
    }
    return kind;
  });
  if (ofType !== undefined && ofBuilder !== undefined && ofType !== ofBuilder) {
    problems.push({
      kind: 'xl-refused',
      severity: 'error',
      line: builder?.line,
      actual: '`builder` and `type` that contradict each other',
      expected: '`type` alone',
    });
  }
  const kind = ofBuilder ?? ofType ?? (architecture === 'arm' ? 'pvh' : 'pv');
  const source = ofBuilder !== undefined && ofType === undefined ? builder : type;
  return { kind, decided: source ?? { key: 'type' }, problems };
}
