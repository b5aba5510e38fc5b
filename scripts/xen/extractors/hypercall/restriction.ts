/** What a restriction of a handler is, and the usual ones. */

import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import { isInSpan, type Point, type Span } from '../../../../src/model/release.ts';
import type { AuthoredPlace } from '../../authored.ts';

/** In the releases that have it so. */
export interface Restriction extends Span {
  readonly hypercall: string;
  readonly guests: readonly GuestType[];
  /** Takes the place of `exposed` for these guest types. */
  readonly handlings: readonly [Omit<Handling, 'evidence'>, ...Omit<Handling, 'evidence'>[]];
  readonly evidence: { readonly path: string; readonly symbol: string; readonly anchor?: string };
  /** Further code that it rests on. */
  readonly also?: readonly AuthoredPlace[];
  /** Where older releases keep what the evidence names. */
  readonly formerly?: Restriction['evidence'] & { readonly until: Point };
  /** Whether the handler takes its place at run time, whatever the build options of the row. */
  readonly atRunTime?: true;
}

export const DOMU = ['pv', 'pvh', 'hvm', 'arm'] as const;
export const X86_DOMU = ['pv', 'pvh', 'hvm'] as const;
export const SHIM = ['pv-shim'] as const;
export const HVM_CONTAINER = ['pvh', 'hvm', 'pvh-dom0'] as const;
export const PV = ['pv', 'pv-dom0', 'pv-shim'] as const;
export const ARM = ['arm', 'arm-dom0'] as const;

/** The handler asks XSM for a privileged caller. */
export const privileged = (
  hypercall: string,
  guests: readonly GuestType[],
  evidence: Restriction['evidence'],
  note?: string,
): Restriction => ({
  hypercall,
  guests,
  handlings: [
    {
      how: 'restricted',
      by: 'xen',
      when: { role: 'privileged' },
      note: note ?? 'An unprivileged caller gets an error.',
    },
  ],
  evidence,
});

/** A restriction that is one handling, with a note of its own. */
const always =
  (handling: Omit<Restriction['handlings'][number], 'note'>) =>
  (
    hypercall: string,
    guests: readonly GuestType[],
    note: string,
    evidence: Restriction['evidence'],
  ): Restriction => ({ hypercall, guests, handlings: [{ ...handling, note }], evidence });

/** The handler asks XSM for the device model of the target, or for a privileged caller. */
export const ofDeviceModel = always({
  how: 'restricted',
  by: 'xen',
  when: { role: 'device-model' },
});

/** Some operations fail, whoever calls. */
export const restricted = always({ how: 'restricted', by: 'xen' });

/** Every operation fails. */
export const fails = always({ how: 'refused', by: 'xen', effect: 'error' });

/** In the shim nobody is privileged: what needs a privileged caller fails there. */
export const failsInShim = (restriction: Restriction): Restriction => ({
  ...restriction,
  ...fails(
    restriction.hypercall,
    SHIM,
    'It needs privilege, which the guest of the shim does not have.',
    restriction.evidence,
  ),
});

/** Everything that a restriction rests on in a release, the deciding code first. */
export function placesIn(
  restriction: Restriction,
  release: string,
): Omit<AuthoredPlace, keyof Span>[] {
  const also = (restriction.also ?? []).filter((place) => isInSpan(place, release));
  return [
    evidenceIn(restriction, release),
    ...also.map(({ since: _since, until: _until, ...place }) => place),
  ];
}

/** The code that decides in a release. */
export function evidenceIn(
  { evidence, formerly }: Restriction,
  release: string,
): Restriction['evidence'] {
  if (formerly === undefined || !isInSpan({ until: formerly.until }, release)) return evidence;
  const { until: _until, ...place } = formerly;
  return place;
}
