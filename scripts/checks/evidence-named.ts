import { isLike, isTakenOver } from '../../src/data/cells.ts';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';

interface Cell {
  readonly path: string;
  readonly field: string;
  readonly handlings: readonly Handling[];
  readonly evidence: number;
}

function cells({ content }: CheckInput): Cell[] {
  const of = (
    path: string,
    entry: { evidence: readonly unknown[] },
    guest: string,
    handlings: readonly Handling[],
  ) => ({
    path,
    field: `guests.${guest}`,
    handlings,
    evidence: entry.evidence.length,
  });
  return [
    ...content.facts.flatMap((fact) =>
      GUEST_TYPES.map((guest) => of(entryPath('facts', fact.id), fact, guest, fact.guests[guest])),
    ),
    ...content.features.flatMap((feature) =>
      GUEST_TYPES.flatMap((guest) => {
        const cell = feature.guests[guest];
        return isLike(cell) || isTakenOver(cell)
          ? []
          : [of(entryPath('features', feature.id), feature, guest, cell)];
      }),
    ),
  ];
}

function checkHandling(
  { path, field, evidence }: Cell,
  handling: Handling,
  position: number,
): Problem[] {
  const place = `\`${field}.${position}\``;
  const outside = handling.evidence.filter((index) => index >= evidence);
  const problems = outside.map((index) =>
    problem(
      'evidence-index',
      { path },
      { actual: `evidence ${index} at ${place}`, expected: `a number from 0 to ${evidence - 1}` },
    ),
  );
  if (handling.how === 'unknown') {
    return handling.note === undefined
      ? [
          ...problems,
          problem(
            'evidence-none',
            { path },
            {
              actual: `\`unknown\` without a reason at ${place}`,
              expected: 'a `note` that says what is not established',
            },
          ),
        ]
      : problems;
  }
  return handling.evidence.length === 0
    ? [
        ...problems,
        problem(
          'evidence-none',
          { path },
          { actual: `no evidence at ${place}`, expected: 'at least one number' },
        ),
      ]
    : problems;
}

export const evidenceNamed: Check = {
  name: 'evidence-named',
  holds: 'Every handling names evidence of its entry, and an unknown one says why.',
  run: (input) =>
    cells(input).flatMap((cell) =>
      cell.handlings.flatMap((handling, index) => checkHandling(cell, handling, index)),
    ),
};
