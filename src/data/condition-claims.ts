/**
 * What the cells of the matrix depend on, as words that a filter compares: the kind of a claim (`vendor`), and for the
 * kinds whose values readers look for, the claim itself (`xl:hpet`). A claim and its contrary depend on the same.
 */
import {
  type Condition,
  GUEST_STATES,
  isUnconditional,
  PLATFORM_FEATURES,
} from '../model/condition.ts';
import type { Handling } from '../model/handling.ts';
import { accessWords } from './handling-words.ts';

/** The kinds of claims, in the order of display. */
export const CLAIM_KINDS = {
  vendor: 'CPU vendor',
  paging: 'Paging mode: HAP or shadow',
  bits: 'Width of the guest: 32 or 64 bits',
  xl: 'Setting of xl.cfg',
  cmdline: 'Option of Xen’s command line',
  kconfig: 'Build option',
  feature: 'CPU or platform',
  guest: 'State of the guest',
  cpuid: 'CPUID policy of the guest',
  role: 'Role of the calling domain',
  access: 'Reads or writes',
  ports: 'I/O port',
  hypercalls: 'Hypercall',
  bytes: 'Width of the access',
} as const;

type ClaimKind = keyof typeof CLAIM_KINDS;
const KINDS = Object.keys(CLAIM_KINDS) as readonly ClaimKind[];

function positive(words: readonly string[] = []): string[] {
  return words.map((word) => word.replace(/^!/, ''));
}

/** The values that are claims of their own; `dom0=pvh` and `dom0=shadow` are about the option `dom0`. */
function valuesOf(when: Condition): Partial<Record<ClaimKind, readonly string[]>> {
  return {
    xl: Object.keys(when.xl ?? {}),
    cmdline: when.cmdline === undefined ? [] : [when.cmdline.replace(/=.*/, '')],
    kconfig: positive(when.kconfig),
    feature: positive(when.feature),
    guest: positive(when.guest),
    cpuid: positive(when.cpuid),
  };
}

function claimsOfHandling(handling: Handling): string[] {
  const { when = {} } = handling;
  const values = valuesOf(when);
  return KINDS.flatMap((kind) => {
    if (kind === 'access') return accessWords(handling) === undefined ? [] : ['access'];
    if (when[kind] === undefined) return [];
    const own = values[kind];
    return own === undefined ? [kind] : own.map((value) => `${kind}:${value}`);
  });
}

/** The claims that the handlings of a cell make, in the order of the kinds; none where the cell has no condition. */
export function claimsOfCell(handlings: readonly Handling[]): string[] {
  return sortClaims(new Set(handlings.flatMap(claimsOfHandling)));
}

function kindOf(claim: string): ClaimKind | undefined {
  return KINDS.find((kind) => claim === kind || claim.startsWith(`${kind}:`));
}

function sortClaims(claims: Iterable<string>): string[] {
  const rank = (claim: string) => {
    const kind = kindOf(claim);
    return kind === undefined ? KINDS.length : KINDS.indexOf(kind);
  };
  return [...claims].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** The value of a claim as readers know it. */
function valueWords(kind: ClaimKind, value: string): string {
  const words: Readonly<Record<string, string>> =
    kind === 'feature' ? PLATFORM_FEATURES : kind === 'guest' ? GUEST_STATES : {};
  return (words[value] ?? value).replace(/ \(.*\)$/, '').replaceAll('`', '');
}

export interface ClaimGroup {
  readonly kind: string;
  readonly title: string;
  readonly values: readonly { readonly claim: string; readonly words: string }[];
}

/** The kinds of claims that occur, each with its values. */
export function groupClaims(claims: Iterable<string>): ClaimGroup[] {
  const sorted = sortClaims(new Set(claims));
  return KINDS.map((kind) => ({
    kind,
    title: CLAIM_KINDS[kind],
    values: sorted
      .filter((claim) => claim.startsWith(`${kind}:`))
      .map((claim) => ({ claim, words: valueWords(kind, claim.slice(kind.length + 1)) })),
  })).filter(({ kind }) => sorted.some((claim) => kindOf(claim) === kind));
}

/** How many handlings of a cell hold under a condition only, or beside its default. */
export function countConditions(handlings: readonly Handling[]): number {
  const [first, ...others] = handlings;
  if (others.length > 0) return others.length;
  const conditional =
    first !== undefined && (!isUnconditional(first.when) || accessWords(first) !== undefined);
  return conditional ? 1 : 0;
}
