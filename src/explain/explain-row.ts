/** A cell of the matrix, reduced to what holds for a configuration. */

import type { BareHandling, ExplainRow, XlGuest } from '../data/explain-data.ts';
import type { Condition } from '../model/condition.ts';
import { conditionParts, joinParts } from '../model/condition-parts.ts';
import { conditionHolds, type Truth } from '../model/condition-truth.ts';
import type { Configuration } from './configuration.ts';
import type { Reason } from './reason.ts';
import { replacementOf, saysNotAsked, settingsOf } from './replaced-defaults.ts';
import type { KnownSituation } from './situation.ts';

export interface ExplainedHandling {
  readonly handling: BareHandling;
  /** `unknown`: it holds when what is open holds. */
  readonly truth: Truth;
  /** What neither the configuration nor the reader says. */
  readonly open?: Condition | undefined;
  /** It holds when nothing else of the row does that a setting may have asked for; the host decides. */
  readonly otherwise?: boolean | undefined;
  /** What decides the rest: for one that does not hold, what rules it out. */
  readonly because: readonly Reason[];
}

export interface ExplainedRow {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  /** Those that hold or may, what the configuration decides first. */
  readonly applies: readonly ExplainedHandling[];
  /** Those that do not. */
  readonly excluded: readonly ExplainedHandling[];
}

function uniqueReasons(reasons: readonly (Reason | undefined)[]): Reason[] {
  const known = reasons.filter((reason) => reason !== undefined);
  return [...new Map(known.map((reason) => [JSON.stringify(reason), reason])).values()];
}

function explainHandling(handling: BareHandling, known: KnownSituation): ExplainedHandling {
  const parts = conditionParts(handling.when).map((claim) => ({
    claim,
    truth: conditionHolds(claim, known.situation),
  }));
  const truth = conditionHolds(handling.when, known.situation);
  const deciding = parts.filter((part) => part.truth === (truth === 'no' ? 'no' : 'yes'));
  const open = parts.filter((part) => part.truth === 'unknown').map(({ claim }) => claim);
  return {
    handling,
    truth,
    ...(truth === 'unknown' && { open: joinParts(open) }),
    because: uniqueReasons(deciding.map(({ claim }) => known.reasonOf(claim))),
  };
}

/** The option of the build without which nothing of what was asked for is there, negated. */
function lackOf(asked: readonly ExplainedHandling[]): Condition | undefined {
  const options = asked.map(({ open }) => open?.kconfig ?? []);
  if (options.some((list) => list.length === 0)) return undefined;
  const needed = [...new Set(options.flat())];
  const [option, ...more] = needed;
  if (option === undefined || more.length > 0) return undefined;
  return { kconfig: [option.startsWith('!') ? option.slice(1) : `!${option}`] };
}

/** Verdicts that give the guest nothing, whatever setting they stand under. */
const GIVES_NOTHING: ReadonlySet<string> = new Set(['absent', 'hidden', 'refused']);

/** A default that says that nothing was asked for, when something was or may have been. */
function judgeNotAsked(
  first: ExplainedHandling,
  others: readonly ExplainedHandling[],
  { situation, reasonOf }: KnownSituation,
): ExplainedHandling {
  const offers = others.filter(
    ({ handling, truth }) =>
      truth !== 'no' && !GIVES_NOTHING.has(handling.how) && settingsOf(handling).length > 0,
  );
  const asked = offers.filter(
    ({ handling }) => conditionHolds({ xl: handling.when?.xl }, situation) === 'yes',
  );
  if (asked.length === 0) {
    return offers.length === 0 ? first : { ...first, truth: 'unknown', otherwise: true };
  }
  const open = lackOf(asked);
  if (open !== undefined) return { ...first, truth: 'unknown', open };
  const claims = conditionParts({ xl: asked[0]?.handling.when?.xl });
  return { ...first, truth: 'no', because: uniqueReasons(claims.map(reasonOf)) };
}

/** The default handling of a row, judged by what else holds. */
function judgeDefault(
  first: ExplainedHandling,
  others: readonly ExplainedHandling[],
  replacement: BareHandling | undefined,
  known: KnownSituation,
): ExplainedHandling {
  if (replacement !== undefined) {
    const because = others.find(({ handling }) => handling === replacement)?.because ?? [];
    return { ...first, truth: 'no', because };
  }
  return saysNotAsked(first.handling) ? judgeNotAsked(first, others, known) : first;
}

/** What holds for the guest that the configuration builds. */
export function explainRow(
  row: ExplainRow,
  guest: XlGuest,
  configuration: Configuration,
  known: KnownSituation,
): ExplainedRow {
  const cell = row.guests[guest] ?? [];
  const [first, ...others] = cell.map((handling) => explainHandling(handling, known));
  const certain = others.filter(({ truth }) => truth === 'yes').map(({ handling }) => handling);
  const replacement = replacementOf(row.id, cell, certain, configuration);
  const judged =
    first === undefined ? [] : [judgeDefault(first, others, replacement, known), ...others];
  const order = ({ handling, truth }: ExplainedHandling): number =>
    handling === replacement ? 0 : truth === 'yes' ? 1 : 2;
  return {
    id: row.id,
    area: row.area,
    title: row.title,
    applies: judged.filter(({ truth }) => truth !== 'no').sort((a, b) => order(a) - order(b)),
    excluded: judged.filter(({ truth }) => truth === 'no'),
  };
}
