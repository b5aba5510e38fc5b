/** What the bitmap of a vCPU leaves open of an MSR, and what it leaves to the code. */
import type { Environment } from '../../expression.ts';
import type { Hole } from './bitmap.ts';
import type { Row } from './last-branch.ts';
import type { Vendor } from './meanings.ts';
import { valueIn } from './numbers.ts';
import { type Conditional, simplify } from './outcome.ts';
import { negate, type Token } from './path.ts';
import type { Segment } from './segments.ts';

/** The openings of a tree, and the numbers of its macros. */
interface Openings {
  readonly environment: Environment;
  readonly holes: readonly Hole[];
}

/** Whether one of the rows has an MSR. */
export function among(
  { environment }: Pick<Openings, 'environment'>,
  rows: readonly Row[],
  { first, last }: Segment,
): boolean {
  return rows.some(([from, to]) => {
    const [low, high] = [valueIn(environment, from), valueIn(environment, to)];
    return low !== null && high !== null && low <= first && last <= high;
  });
}

function covers(source: Openings, { msrs, except }: Hole, segment: Segment): boolean {
  const value = (name: string) => valueIn(source.environment, name);
  if (except.some((name) => value(name) === segment.first)) return false;
  return among(source, msrs, segment);
}

/** The openings of an MSR for an access in an HVM container. */
export function holesOf(
  source: Openings,
  segment: Segment,
  access: 'read' | 'write',
  vendor: Vendor,
): Hole[] {
  return source.holes.filter(
    (hole) =>
      hole.vendor === vendor &&
      (hole.access === 'both' || hole.access === access) &&
      covers(source, hole, segment),
  );
}

/** What a path still needs so that no hole of the bitmap comes before it, where one feature decides each hole. */
function featuresBeside(open: readonly Conditional[]): Token[] {
  const alone = open.map(({ tokens }) => [...tokens]).filter(({ length }) => length === 1);
  const features = alone.flat().filter((token) => token.startsWith('cpuid:'));
  return features.length === open.length ? features.map(negate) : [];
}

/** Where the code only refuses: each way in which the only opening fails; null where the code says more. */
function refusedBeside(
  software: readonly Conditional[],
  open: readonly Conditional[],
): Conditional[] | null {
  const [said, ...more] = software;
  const [opening, ...others] = open;
  if (said === undefined || opening === undefined || more.length + others.length > 0) return null;
  if (said.outcome.how !== 'refused' || said.tokens.size > 0) return null;
  return [...opening.tokens].map((token) => ({
    outcome: said.outcome,
    tokens: new Set([negate(token)]),
  }));
}

/** The open bitmap, and of the code what the bitmap leaves to it. */
export function withHoles(software: readonly Conditional[], holes: readonly Hole[]): Conditional[] {
  const open = holes.flatMap(({ when }) =>
    when.map((tokens) => ({
      outcome: { how: 'hardware' as const, by: 'cpu' as const },
      tokens: new Set(tokens),
    })),
  );
  const refused = refusedBeside(software, open);
  if (refused !== null) return [...open, ...refused];
  const left = software.filter(
    (one) => !open.some(({ tokens }) => [...tokens].every((token) => one.tokens.has(token))),
  );
  const needed = featuresBeside(open);
  const beside = left.map(({ outcome, tokens }) => ({
    outcome,
    tokens: new Set([...tokens, ...needed]),
  }));
  return [...open, ...simplify(beside)];
}

export const INTROSPECTION: Token = 'guest:introspection';

/** MSRs that introspection can ask for: those below the first number, and those that AMD numbered first. */
function isMonitorable({ first, last }: Segment): boolean {
  return last < 0x2000 || (first >= 0xc0000000 && last < 0xc0002000);
}

/** What a write that the bitmap leaves open comes to where introspection asks for it: it exits, and the code answers. */
export function monitored(
  software: readonly Conditional[],
  holes: readonly Hole[],
  segment: Segment,
): Conditional[] {
  const answers = software.filter(({ outcome }) => outcome.how !== 'refused');
  const [answer] = answers;
  if (answer === undefined || holes.length === 0 || !isMonitorable(segment)) return [];
  const { how, by } = answer.outcome;
  const isAlways = answers.some(({ tokens }) => tokens.size === 0);
  return (isAlways ? [[]] : holes.flatMap(({ when }) => when)).map((tokens) => ({
    outcome: { how, by, note: 'If introspection monitors the MSR: it sees the write first.' },
    tokens: new Set([...tokens, INTROSPECTION]),
  }));
}
