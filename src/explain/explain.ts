/** What Xen does for the guest of an xl.cfg: the whole answer. Pure; the command line and the page use it. */

import { type Advice, type ExplainData, XL_GUESTS, type XlGuest } from '../data/explain-data.ts';
import { type AttackSurface, attackSurface } from './attack-surface.ts';
import { type Configuration, configure } from './configuration.ts';
import { type ExplainedRow, explainRow } from './explain-row.ts';
import { architectureOf, type HostChoices } from './host-options.ts';
import { furtherAdvice, leastEmulation, type Proposal, withProposals } from './least-emulation.ts';
import { reviewKeys } from './review-keys.ts';
import { reviewRefusals } from './review-refusals.ts';
import { situationOf } from './situation.ts';
import { type Running, whatRuns } from './what-runs.ts';
import { parseXl, type XlSetting } from './xl-parser.ts';
import type { XlProblem } from './xl-problem.ts';

export interface Explanation {
  readonly guest: XlGuest;
  readonly configuration: Configuration;
  /** By line; errors mean that xl builds no such guest. */
  readonly problems: readonly XlProblem[];
  readonly running: readonly Running[];
  readonly rows: readonly ExplainedRow[];
  readonly surface: AttackSurface;
  readonly proposals: readonly Proposal[];
  readonly further: readonly Advice[];
  /** The text with the proposals in place; the text itself where there are none. */
  readonly minimised: string;
  /** Every setting of the file. */
  readonly settings: readonly XlSetting[];
}

function xlGuest(guest: string): XlGuest {
  const known = XL_GUESTS.find((candidate) => candidate === guest);
  if (known === undefined) throw new Error(`xl builds no guest of the type \`${guest}\``);
  return known;
}

/** The column of the matrix that is needed to explain the text of an xl.cfg. */
export function guestOfXl(text: string, choices: HostChoices): XlGuest {
  return xlGuest(configure(parseXl(text), architectureOf(choices)).configuration.guest);
}

/** Explains the text of an xl.cfg. What cannot be read of it is a problem, and the rest is explained. */
export function explainXl(text: string, choices: HostChoices, data: ExplainData): Explanation {
  const parsed = parseXl(text);
  const { configuration, problems } = configure(parsed, architectureOf(choices));
  const known = situationOf(configuration, choices);
  const guest = xlGuest(configuration.guest);
  const rows = data.rows.map((row) => explainRow(row, guest, configuration, known));
  const proposals = leastEmulation(configuration, data.advice);
  return {
    guest,
    configuration,
    problems: [
      ...parsed.problems,
      ...problems,
      ...reviewKeys(configuration),
      ...reviewRefusals(configuration),
    ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    running: whatRuns(configuration),
    rows,
    surface: attackSurface(rows),
    proposals,
    further: furtherAdvice(configuration, data.advice),
    minimised: withProposals(text, parsed.settings, proposals),
    settings: parsed.settings,
  };
}
