import { factIdOf, isTakenOver, statedCell } from '../../src/data/cells.ts';
import type { Content } from '../../src/data/content.ts';
import { GUEST_TYPES, type GuestType } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import type { Fact } from '../../src/schema/fact.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { type Check, entryPath } from './check.ts';

/** Verdicts by which the guest type does not get what the row names. */
const NOT_SERVED: ReadonlySet<Handling['how']> = new Set([
  'absent',
  'refused',
  'hidden',
  'unknown',
]);

function served(handlings: readonly Handling[]): Handling[] {
  return handlings.filter(({ how }) => !NOT_SERVED.has(how));
}

function words({ how, by }: Pick<Handling, 'how' | 'by'>): string {
  return by === undefined ? how : `${how} by ${by}`;
}

/** The fact’s default, when the guest type gets something, must be among what the cell says. */
function missingFrom(
  cell: readonly Handling[],
  fact: Fact,
  guest: GuestType,
): Handling | undefined {
  const [first] = fact.guests[guest];
  if (first === undefined || NOT_SERVED.has(first.how)) return undefined;
  return cell.some(({ how, by }) => how === first.how && by === first.by) ? undefined : first;
}

function checkFeature(
  feature: Content['features'][number],
  factById: ReadonlyMap<string, Fact>,
): Problem[] {
  const path = entryPath('features', feature.id);
  const cited = feature.facts.flatMap((reference) => factById.get(factIdOf(reference)) ?? []);
  return GUEST_TYPES.flatMap((guest): Problem[] => {
    const cell = statedCell(feature, guest);
    if (isTakenOver(cell)) return [];
    const disagreeing = cited.flatMap((fact) => {
      const missing = missingFrom(cell, fact, guest);
      return missing === undefined ? [] : [{ fact, missing }];
    });
    const problems = disagreeing.map(({ fact, missing }) =>
      problem(
        'contradiction',
        { path },
        {
          actual: `\`guests.${guest}\`: ${cell.map(words).join(', ')}`,
          expected: `${words(missing)}, as in facts/${fact.id}`,
          repair:
            'Read the code at both. Correct the cell, or do not cite a fact about something else.',
        },
      ),
    );
    const [first] = cell;
    const nobody =
      cited.length > 0 && cited.every((fact) => served(fact.guests[guest]).length === 0);
    if (nobody && first !== undefined && first.how === 'emulated' && first.by === 'xen') {
      problems.push(
        problem(
          'contradiction',
          { path },
          {
            actual: `\`guests.${guest}\`: ${words(first)} by default`,
            expected: `nothing, as in ${cited.map(({ id }) => `facts/${id}`).join(', ')}`,
            repair: 'Read the code. Cite the fact that the cell rests on, or correct the cell.',
          },
        ),
      );
    }
    return problems;
  });
}

export const contradictions: Check = {
  name: 'contradictions',
  holds:
    'What a cell says and what its facts say agree: what a fact gives a guest type by default is among the handlings of the cell, and Xen emulates nothing by default that no fact knows.',
  run: ({ content }) => {
    const factById = new Map(content.facts.map((fact) => [fact.id, fact]));
    return content.features.flatMap((feature) => checkFeature(feature, factById));
  },
};
