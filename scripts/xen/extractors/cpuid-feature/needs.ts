/**
 * What a feature loses with another one: `sanitise_featureset()` clears all that depends on a bit that is clear. Where
 * a policy clears a feature under a condition, everything that depends on it is hidden under the same condition.
 */
import type { Condition } from '../../../../src/model/condition.ts';
import type { Adjustment } from './adjustments.ts';
import type { Provided, ProvidedList } from './verdicts/verdict.ts';

/** A feature on which another one depends, and what a guest type gets of it. */
export interface Need {
  readonly name: string;
  readonly cell: ProvidedList;
}

/** Whether an adjustment takes along what depends on the feature: one that clears it before a guest asks. */
export function takesAlong({ action, stage }: Adjustment): boolean {
  return action === 'clear' && stage !== 'run-time';
}

const LISTS = ['feature', 'guest', 'cpuid', 'kconfig'] as const;
const SINGLE = ['vendor', 'paging', 'bits', 'role', 'cmdline'] as const;

function opposite(word: string): string {
  return word.startsWith('!') ? word.slice(1) : `!${word}`;
}

/** Both conditions; null where they exclude each other. */
function both(a: Condition = {}, b: Condition = {}): Condition | null {
  if (SINGLE.some((key) => a[key] !== undefined && b[key] !== undefined && a[key] !== b[key])) {
    return null;
  }
  const lists: Partial<Record<(typeof LISTS)[number], string[]>> = {};
  for (const key of LISTS) {
    const words: string[] = [...new Set<string>([...(a[key] ?? []), ...(b[key] ?? [])])];
    if (words.some((word) => words.includes(opposite(word)))) return null;
    if (words.length > 0) lists[key] = words;
  }
  const xl = { ...a.xl, ...b.xl };
  return { ...a, ...b, ...(lists as Condition), ...(Object.keys(xl).length === 0 ? {} : { xl }) };
}

const RANK: Readonly<Partial<Record<Provided['how'], number>>> = {
  hidden: 0,
  'opt-in': 1,
  exposed: 2,
};
const rank = ({ how }: Provided) => RANK[how] ?? 0;

/** Whether the cell already says what holds with and without the feature. */
function mentions(cell: ProvidedList, name: string): boolean {
  const bit = name.toLowerCase();
  return cell.some(({ when }) =>
    (when?.cpuid ?? []).some((word) => word === bit || word === `!${bit}`),
  );
}

/** Whether the cell already hides its feature under the same condition. */
function saysHidden(cell: ProvidedList, { when }: Provided): boolean {
  const condition = JSON.stringify(when);
  return cell.some((one) => one.how === 'hidden' && JSON.stringify(one.when) === condition);
}

function lessOf(one: Provided, other: Provided): Provided['how'] {
  return rank(other) < rank(one) ? other.how : one.how;
}

/** One handling under each condition that leaves the needed feature to the guest. */
function under(one: Provided, given: readonly Provided[]): Provided[] {
  return given.flatMap((other) => {
    const when = both(one.when, other.when);
    if (when === null) return [];
    const condition = Object.keys(when).length === 0 ? {} : { when };
    return [{ ...one, how: lessOf(one, other), ...condition }];
  });
}

/** The cell of a feature, less what a needed feature takes along. */
export function without(cell: ProvidedList, { name, cell: needed }: Need): ProvidedList {
  const most = Math.max(...cell.map(rank));
  if (needed.every((one) => rank(one) >= most) || mentions(cell, name)) return cell;
  const given = needed.filter(({ how }) => how !== 'hidden');
  const left = cell.flatMap((one) => (one.how === 'hidden' ? [one] : under(one, given)));
  const lost = needed
    .filter((one) => one.how === 'hidden' && !saysHidden(cell, one))
    .map(
      ({ when }): Provided => ({
        how: 'hidden',
        ...(when === undefined ? {} : { when }),
        note: `It depends on ${name}, which is hidden${when === undefined ? '' : ' then'}.`,
      }),
    );
  const [first, ...rest] = [...left, ...lost];
  return first === undefined ? cell : [first, ...rest];
}
