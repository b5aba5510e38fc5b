import type { MailHead } from './mail.ts';
import type { Scan, Sought } from './scan.ts';
import { buildThreads } from './threads.ts';

/** A rule by which threads are taken from a large archive. */
export type Rule =
  /** Threads whose messages speak of guest types and rows of the matrix often enough. */
  | { readonly by: 'lexicon'; readonly least: number }
  | { readonly by: 'symbol'; readonly name: string }
  | { readonly by: 'message'; readonly id: string };

/** Score from which a thread is taken when nothing else is said. */
const LEAST_SCORE = 20;

/** Reads `lexicon`, `lexicon=30`, `symbol=NAME`, `message=ID`; undefined for anything else. */
export function parseRule(text: string): Rule | undefined {
  const [, by, value] = /^(\w+)(?:=(.+))?$/s.exec(text) ?? [];
  if (by === 'lexicon' && /^\d{0,6}$/.test(value ?? '')) {
    return { by, least: value === undefined ? LEAST_SCORE : Number(value) };
  }
  if (by === 'symbol' && /^[A-Za-z_]\w*$/.test(value ?? '')) return { by, name: value ?? '' };
  if (by === 'message' && value !== undefined) return { by, id: value.replace(/^<|>$/g, '') };
  return undefined;
}

/** What messages have to be looked over for, so that rules can be applied. */
export function soughtBy(rules: readonly Rule[]): Sought {
  return {
    lexicon: rules.some(({ by }) => by === 'lexicon'),
    symbols: rules.flatMap((rule) => (rule.by === 'symbol' ? [rule.name] : [])),
  };
}

/** A thread that was chosen, and each reason why. */
export interface Choice {
  /** Message-ID of the oldest message known. */
  readonly root: string;
  readonly reasons: readonly string[];
  /** Numbers in the archive of its messages that are there. */
  readonly items: readonly number[];
}

type Scanned = NonNullable<Scan>;

/**
 * The score of a thread: for each message one point for each row of the matrix that it speaks of, and two for each when
 * it names guest types as well. Reads a thread as a whole, so that a long discussion outweighs a word in passing.
 */
function scoreOf(scans: readonly Scanned[]): number {
  return scans.reduce(
    (sum, { features, guests }) => sum + features.length * (guests.length > 0 ? 2 : 1),
    0,
  );
}

/** The rows that most messages of a thread speak of. */
function rowsSpokenOf(scans: readonly Scanned[]): string {
  const counts = Map.groupBy(
    scans.flatMap(({ features }) => features),
    (feature) => feature,
  );
  return [...counts]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .slice(0, 4)
    .map(([feature, messages]) => `${feature} ${messages.length}`)
    .join(', ');
}

function reasonsFor(
  scans: readonly Scanned[],
  ids: ReadonlySet<string>,
  rules: readonly Rule[],
): string[] {
  return rules.flatMap((rule) => {
    if (rule.by === 'message') return ids.has(rule.id) ? ['message asked for'] : [];
    if (rule.by === 'symbol') {
      const count = scans.filter(({ symbols }) => symbols.includes(rule.name)).length;
      return count === 0 ? [] : [`symbol ${rule.name} in ${count}`];
    }
    const score = scoreOf(scans);
    return score < rule.least ? [] : [`lexicon ${score}: ${rowsSpokenOf(scans)}`];
  });
}

function headOf({ id, ancestors, date }: Scanned, index: number): MailHead {
  const place = { path: `#${index}` };
  return { id, idKind: 'message-id', date, from: '', subject: '', list: null, ancestors, place };
}

/** The threads that one of the rules takes, in the order of their first messages. Pure, so the same every time. */
export function chooseThreads(scans: readonly Scan[], rules: readonly Rule[]): Choice[] {
  const byId = new Map<string, { scan: Scanned; index: number }>();
  for (const [index, scan] of scans.entries()) {
    if (scan !== null && !byId.has(scan.id)) byId.set(scan.id, { scan, index });
  }
  const heads = [...byId.values()].map(({ scan, index }) => headOf(scan, index));
  return buildThreads(heads, '').threads.flatMap((tree): Choice[] => {
    const own = tree.mails.flatMap(({ mail }) => byId.get(mail.id) ?? []);
    const ids = new Set([
      ...tree.mails.map(({ mail }) => mail.id),
      ...tree.missing.map(({ id }) => id),
    ]);
    const reasons = reasonsFor(
      own.map(({ scan }) => scan),
      ids,
      rules,
    );
    if (reasons.length === 0) return [];
    return [
      { root: tree.root, reasons, items: own.map(({ index }) => index).sort((a, b) => a - b) },
    ];
  });
}
