/** Statements that guests were seen to be true of. */

import type { GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import { compareReleases } from '../model/release.ts';
import { type ComparedMeasurement, measuredBranch } from './measured.ts';
import { verdictOf } from './measured-verdict.ts';

/** What was measured of a cell. */
export interface MeasuredMark {
  /** Branches of Xen on which a guest did what the cell says, oldest first. */
  readonly branches: readonly string[];
  /** Results that are as the cell says, over all branches and guests of the type. */
  readonly results: number;
}

/** A cell of a row or of a fact. */
export interface MarkedCell {
  readonly guest: GuestType;
  readonly handlings: readonly Handling[];
  /** Ids of the facts that it rests on or that state it. */
  readonly facts: readonly string[];
}

/**
 * The mark of a cell; undefined where nothing confirms it. A result counts when it is about one of the facts, agrees
 * with the facts of its release, and is what a handling of the cell says that may apply to the guest that was run.
 */
export function measuredMark(
  { guest, handlings, facts }: MarkedCell,
  measurements: readonly ComparedMeasurement[],
): MeasuredMark | undefined {
  const confirmed = measurements
    .filter((measurement) => measurement.guest === guest)
    .flatMap((measurement) =>
      measurement.results
        .filter(({ verdict }) => verdict === 'agrees')
        .filter((result) => result.facts.some((fact) => facts.includes(fact)))
        .filter((result) => verdictOf(result, [handlings], measurement) === 'agrees')
        .map(() => measuredBranch(measurement)),
    );
  if (confirmed.length === 0) return undefined;
  const branches = [...new Set(confirmed)].sort(compareReleases);
  return { branches, results: confirmed.length };
}

/** The mark in words: `measured on 4.17, 4.20`. */
export function markWords({ branches }: MeasuredMark): string {
  return `measured on ${branches.join(', ')}`;
}
