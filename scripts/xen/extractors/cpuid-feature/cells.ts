/** Cells of a feature: by the mask, by the table of adjusted features, and what CPUID shows when it does not fault. */

import type { Condition } from '../../../../src/model/condition.ts';
import type { Place } from '../../../../src/model/evidence.ts';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { By, Handling } from '../../../../src/model/handling.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import { type BuildOptions, withBuildOptions } from '../../build-options.ts';
import { seenBy } from '../../extractor.ts';
import type { Adjustment } from './adjustments.ts';
import { type Exposure, exposureOf, type Feature, type FeatureWord } from './featureset.ts';
import { type Need, takesAlong, without } from './needs.ts';
import {
  BUILT_AT_BOOT,
  type Provided,
  type ProvidedList,
  type Verdict,
} from './verdicts/verdict.ts';

/** Releases with the option that sets features of the domain that Xen builds at boot. */
const DOM0_CPUID = ['4.14.6', '4.15.5', '4.16.5', '4.17'] as const;

type Handlings = [Handling, ...Handling[]];

const HOW: Readonly<Record<Exposure, Handling['how']>> = {
  default: 'exposed',
  max: 'opt-in',
  none: 'hidden',
};

/** Conditions that leave a place to PV guests. */
const FOR_PV = new Set(['is_pv_32bit_domain', '!is_hvm_domain']);
/** Conditions that leave it to guests in an HVM container. */
const FOR_CONTAINERS = new Set(['is_hvm_domain']);

/** The families of guests that adjustments speak of. */
function concerns({ guests, symbol, gates }: Adjustment, guest: GuestType): boolean {
  const pv = isPv(guest);
  if (gates.some((gate) => (pv ? FOR_CONTAINERS : FOR_PV).has(gate))) return false;
  if (guests === 'all') return true;
  // The domain that Xen builds at boot is dom0, or the guest of the shim, which is no hardware domain.
  if (guests === 'dom0') {
    return (
      guest.endsWith('-dom0') || (guest === 'pv-shim' && symbol !== 'init_domain_cpuid_policy')
    );
  }
  return guests === (pv ? 'pv' : 'hvm');
}

export const VERBS = { set: 'set', clear: 'cleared', copy: 'taken from the host' } as const;

/** A sentence that names what adjusts the bit; none where nothing does. */
function describe(adjusted: readonly Adjustment[]): string | undefined {
  if (adjusted.length === 0) return undefined;
  const parts = [...new Set(adjusted.map(({ action, symbol }) => `${VERBS[action]} in ${symbol}`))];
  const list =
    parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `Not decided by the mask alone: ${list}.`;
}

export interface Cited {
  readonly declaration: number;
  readonly sites: ReadonlyMap<string, number>;
  readonly native: number;
  /** Of what the verdict rests on besides the places that adjust the bit. */
  readonly verdict: readonly number[];
  /** Adds a place that only some cells rest on. */
  readonly cite: (place: Place) => number;
  /** The file of the policies. */
  readonly policies: string;
  /** Build options that conditions may rest on. */
  readonly options: BuildOptions;
}

function isPv(guest: GuestType): boolean {
  return guest === 'pv' || guest === 'pv-dom0' || guest === 'pv-shim';
}

/** What the mask alone says; HAP and shadow paging are told apart where the letters do. */
function byMask(guest: GuestType, letters: string): ProvidedList {
  const exposure = exposureOf(letters);
  if (isPv(guest)) return [{ how: HOW[exposure.pv] }];
  if (exposure['hvm-hap'] === exposure['hvm-shadow']) return [{ how: HOW[exposure['hvm-hap']] }];
  return [
    { how: HOW[exposure['hvm-hap']], when: { paging: 'hap' } },
    { how: HOW[exposure['hvm-shadow']], when: { paging: 'shadow' } },
  ];
}

/** 32-bit PV guests are a build option from 4.14 on. */
function withPv32(
  guest: GuestType,
  when: Condition | undefined,
  release: string,
): Condition | undefined {
  if (!isPv(guest) || when?.bits !== 32 || !isInSpan({ since: '4.14' }, release)) return when;
  return { ...when, kconfig: [...(when.kconfig ?? []), 'CONFIG_PV32'] };
}

/** What CPUID shows to a PV guest when it does not fault. */
function unfaulted(guest: GuestType, release: string, evidence: readonly number[]): Handling[] {
  // Xen makes use of CPUID user disable from 4.18 on.
  const when: Condition = isInSpan({ since: '4.18' }, release)
    ? { feature: ['!cpuid-faulting', '!cpuid-user-dis'] }
    : { feature: ['!cpuid-faulting'] };
  const native: Handling = {
    how: 'native',
    by: 'cpu',
    when,
    note: 'A plain CPUID shows the hardware, apart from what masking MSRs hide; only CPUID with the forced-emulation prefix shows the policy.',
    evidence,
  };
  return guest === 'pv-dom0'
    ? [
        native,
        {
          ...native,
          when: { cmdline: 'dom0=no-cpuid-faulting' },
          note: 'A plain CPUID shows the hardware.',
        },
      ]
    : [native];
}

/** The authored cell in a release; undefined where the mask decides. Throws for a cell without a handling then. */
function cellIn(
  verdict: Verdict | undefined,
  guest: GuestType,
  release: string,
): ProvidedList | undefined {
  const cell = verdict?.cells[guest];
  if (cell === undefined) return undefined;
  const [first, ...rest] = cell
    .filter((one) => isInSpan(one, release))
    .map(({ since: _since, until: _until, ...one }) => one);
  if (first === undefined) {
    throw new Error(`No cell of ${verdict?.features.join(', ')} for ${guest} in ${release}`);
  }
  return [first, ...rest];
}

/** What clears all that depends on a bit that is clear. */
export const SANITISES = 'sanitise_featureset';

/** A feature on which others depend, with the places that adjust it. */
export interface Parent {
  readonly feature: Feature;
  readonly adjusted: readonly Adjustment[];
  readonly verdict: Verdict | undefined;
  readonly declaration: Place;
}

interface Needed extends Need {
  readonly places: readonly Place[];
}

function placeOf({ path, symbol, anchor }: Place): Place {
  return {
    path,
    ...(symbol === undefined ? {} : { symbol }),
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** What a guest type gets of the features that its mask leaves out, or that are cleared under a condition. */
function needsOf(parents: readonly Parent[], guest: GuestType, release: string): Needed[] {
  return parents.flatMap(({ feature: { name, letters }, adjusted, verdict, declaration }) => {
    const cell = cellIn(verdict, guest, release);
    if (cell === undefined) return [{ name, cell: byMask(guest, letters), places: [declaration] }];
    const always = verdict?.takesAlong === true;
    const deciding = adjusted.filter((one) => (always || takesAlong(one)) && concerns(one, guest));
    if (deciding.length === 0 && !always) return [];
    const besides = (verdict?.places ?? []).filter((place) => isInSpan(place, release));
    return [{ name, cell, places: [...deciding, ...besides].map(placeOf) }];
  });
}

/** What is left of a cell without what the guest type lacks, and the places that take it away. */
function leftOf(
  cell: ProvidedList,
  needs: readonly Needed[],
): { readonly left: ProvidedList; readonly places: readonly Place[] } {
  let left = cell;
  const places: Place[] = [];
  for (const need of needs) {
    const less = without(left, need);
    if (less !== left) places.push(...need.places);
    left = less;
  }
  return { left, places };
}

/** The option for features of a domain that Xen builds. The shim offers what its container has, and what Xen sets anyway. */
function optionFor(guest: GuestType, own: readonly Adjustment[]): string {
  if (guest !== 'pv-shim') return 'With `dom0-cpuid=` on Xen’s command line.';
  const where = own.some(({ action }) => action === 'set')
    ? ''
    : ', where `cpuid=` gives the bit to its container';
  return `With \`dom0-cpuid=\` on the command line of the shim${where}.`;
}

/** Who asks for features of a domain that Xen builds: an option, and nobody in the releases before it. */
function askedFor(
  cell: ProvidedList,
  guest: GuestType,
  release: string,
  own: readonly Adjustment[],
): ProvidedList {
  if (!BUILT_AT_BOOT.some((one) => one === guest)) return cell;
  const option = optionFor(guest, own);
  const nobody = { how: 'hidden', note: 'Nobody can ask for it.' } as const;
  const isAskable = isInSpan({ since: DOM0_CPUID }, release);
  const hows = cell.map(({ how }) => how);
  if (!isAskable && hows.includes('opt-in') && !hows.includes('exposed')) return [nobody];
  const by = (one: Provided): Provided => {
    if (one.how !== 'opt-in') return one;
    if (!isAskable) return { ...one, ...nobody };
    return { ...one, note: one.note === undefined ? option : `${one.note} ${option}` };
  };
  const [first, ...rest] = cell;
  return [by(first), ...rest.map(by)];
}

/** What a guest type gets of a feature: what a verdict says, else what the mask says. */
export function handlingsFor(
  guest: GuestType,
  release: string,
  { letters }: Feature,
  { leaf }: FeatureWord,
  adjusted: readonly Adjustment[],
  verdict: Verdict | undefined,
  cited: Cited,
  parents: readonly Parent[] = [],
): Handlings {
  if (guest === 'arm' || guest === 'arm-dom0') {
    const what = leaf === null ? 'The MSR is one of x86.' : 'CPUID is an x86 instruction.';
    return [{ how: 'absent', note: what, evidence: [cited.declaration] }];
  }
  const own = adjusted.filter((adjustment) => concerns(adjustment, guest));
  const sites = [...new Set(own.map(({ symbol }) => cited.sites.get(symbol) ?? 0))];
  const cell = cellIn(verdict, guest, release);
  const { left, places } = leftOf(cell ?? byMask(guest, letters), needsOf(parents, guest, release));
  const evidence = [
    ...new Set([
      cited.declaration,
      ...sites,
      ...(cell === undefined ? [] : cited.verdict),
      ...places.map(cited.cite),
      ...(places.length === 0 ? [] : [cited.cite({ path: cited.policies, symbol: SANITISES })]),
    ]),
  ];
  const [first, ...rest] = askedFor(left, guest, release, own);
  const notes = [first.note, cell === undefined ? undefined : describe(own)];
  const note = notes.filter((text) => text !== undefined).join(' ');
  const by: By = 'xen';
  const seen = ({ how, ...one }: Provided): Handling => {
    const whole = withBuildOptions(withPv32(guest, one.when, release), cited.options);
    const condition = whole === undefined ? {} : { when: whole };
    return { ...seenBy(guest, { how, by }), ...one, ...condition, evidence };
  };
  return [
    seen({ ...first, ...(note === '' ? {} : { note }) }),
    ...rest.map(seen),
    ...(isPv(guest) && guest !== 'pv-shim' && leaf !== null
      ? unfaulted(guest, release, [cited.native])
      : []),
  ];
}
