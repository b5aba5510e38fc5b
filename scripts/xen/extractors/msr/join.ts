/** Statements about both directions and both vendors as one list, in the order of display. */
import type { Access } from '../../../../src/model/handling.ts';
import { type Conditional, isSubset, sameOutcome } from './outcome.ts';

export interface Placed extends Conditional {
  readonly access: Access;
}

function same(a: Conditional, b: Conditional): boolean {
  return (
    sameOutcome(a.outcome, b.outcome) &&
    a.tokens.size === b.tokens.size &&
    isSubset(a.tokens, b.tokens)
  );
}

/** Handlings that say the same of both directions as one. */
export function joinAccess(read: readonly Conditional[], write: readonly Conditional[]): Placed[] {
  return [
    ...read.map((one) => ({
      ...one,
      access: write.some((other) => same(one, other)) ? ('both' as const) : ('read' as const),
    })),
    ...write
      .filter((one) => !read.some((other) => same(one, other)))
      .map((one) => ({ ...one, access: 'write' as const })),
  ];
}

/** Handlings of both vendors as one where they are the same; else each says its vendor. */
export function joinVendors(
  intel: readonly Conditional[],
  amd: readonly Conditional[],
): Conditional[] {
  const named = (vendor: 'intel' | 'amd', all: readonly Conditional[]) =>
    all.map(({ outcome, tokens }) => ({
      outcome,
      tokens: new Set([...tokens, `vendor:${vendor}`]),
    }));
  const shared = intel.filter((one) => amd.some((other) => same(one, other)));
  const apart = (all: readonly Conditional[]) =>
    all.filter((one) => !shared.some((other) => same(one, other)));
  return [...shared, ...named('intel', apart(intel)), ...named('amd', apart(amd))];
}

const RANK: Readonly<Record<string, number>> = { hardware: 0, emulated: 1, mediated: 2 };

const isByVendor = (tokens: ReadonlySet<string>) =>
  [...tokens].every((token) => token.startsWith('vendor:'));

/**
 * What always holds first, but not a write before reads that only the vendor tells apart; then the hardware, then what the
 * guest gets by vendor, then the rest; refusals last.
 */
export function inOrder(all: readonly Placed[]): Placed[] {
  const readsByVendor = all.some(
    ({ access, tokens }) => access === 'read' && tokens.size > 0 && isByVendor(tokens),
  );
  const isDefault = ({ access, tokens }: Placed) =>
    tokens.size === 0 && !(access === 'write' && readsByVendor);
  const key = (one: Placed) => {
    const { outcome, tokens, access } = one;
    return [
      isDefault(one) ? 0 : outcome.how === 'hardware' ? 1 : 2,
      isByVendor(tokens) ? 0 : 1,
      RANK[outcome.how] ?? 3,
      ['both', 'read', 'write'].indexOf(access),
      tokens.size,
    ].join();
  };
  return all
    .map((one) => ({
      one,
      key: `${key(one)} ${[...one.tokens].sort().join()} ${one.outcome.effect ?? ''}`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ one }) => one);
}
