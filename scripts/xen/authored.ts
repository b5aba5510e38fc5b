/**
 * Cells that a person wrote beside constructs which a machine lists: no table of the source states the verdict. A cell
 * is given for one guest type or for a group of them; what comes later in the list wins, and none may be left out.
 */
import {
  GUEST_TYPES,
  type GuestType,
  type PerGuest,
  perGuest,
} from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import { isInSpan, type Span } from '../../src/model/release.ts';
import { readBuildOptions, withBuildOptions } from './build-options.ts';
import type { Corpus } from './corpus.ts';
import { type EvidenceList, seenBy } from './extractor.ts';

/** A text of every release, or those of spans that do not overlap and leave no release out. */
export type AuthoredText = string | readonly (Span & { readonly text: string })[];

/** Evidence, in the releases that have it there. */
export interface AuthoredPlace extends Span {
  readonly path: string;
  readonly symbol?: string;
  readonly anchor?: string;
}

/** A handling with the places that it rests on besides those of the whole fact. */
export interface AuthoredHandling extends Omit<Handling, 'evidence'>, Span {
  readonly places?: readonly AuthoredPlace[];
  /** In the inner view of the shim: done by the Xen outside, and not by the shim. */
  readonly outside?: true;
}

const GROUPS = {
  all: GUEST_TYPES,
  pvs: ['pv', 'pv-dom0', 'pv-shim'],
  hvms: ['hvm', 'pvh', 'pvh-dom0'],
  'hvm-domus': ['hvm', 'pvh'],
  arms: ['arm', 'arm-dom0'],
  domus: ['pv', 'pvh', 'hvm', 'pv-shim', 'arm'],
  dom0s: ['pv-dom0', 'pvh-dom0', 'arm-dom0'],
} as const satisfies Record<string, readonly GuestType[]>;

export type Who = keyof typeof GROUPS | GuestType;
export type AuthoredCells = readonly (readonly [Who, AuthoredHandling, ...AuthoredHandling[]])[];

/** The text of a release. Throws for a release without one: that is a bug of the table. */
export function textIn(text: AuthoredText, release: string): string {
  if (typeof text === 'string') return text;
  const found = text.find((one) => isInSpan(one, release));
  if (found === undefined) throw new Error(`No authored text in ${release}`);
  return found.text;
}

/** Shorthand for a place. */
export function at(path: string, symbol?: string, anchor?: string): AuthoredPlace {
  return {
    path,
    ...(symbol === undefined ? {} : { symbol }),
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** A handling that needs a build option since a release; before it, it needed an older option, or none. */
export function sinceOption(
  since: string,
  option: string,
  handling: AuthoredHandling,
  older?: string,
): readonly [AuthoredHandling, AuthoredHandling] {
  const needs = (name: string): AuthoredHandling => {
    const [first, ...rest] = [...(handling.when?.kconfig ?? []), name];
    return { ...handling, when: { ...handling.when, kconfig: [first ?? name, ...rest] } };
  };
  return [
    { ...needs(option), since },
    { ...(older === undefined ? handling : needs(older)), until: since },
  ];
}

/** What the Xen outside does with the container of the shim. */
export function byXenOutside(handling: AuthoredHandling): AuthoredHandling {
  return { ...handling, by: 'xen', outside: true };
}

/** Guest types that a cell speaks of. */
export function guestsOf(who: Who): readonly GuestType[] {
  return who in GROUPS ? GROUPS[who as keyof typeof GROUPS] : [who as GuestType];
}

/** The handlings of every guest type in a release. Throws for a guest type without one: that is a bug of the table. */
export function cellsOf(cells: AuthoredCells, release: string): PerGuest<AuthoredHandling[]> {
  return perGuest((guest) => {
    const entry = cells.findLast(([who]) => guestsOf(who).includes(guest));
    const handlings = (entry?.slice(1) ?? []).filter(
      (handling): handling is AuthoredHandling => typeof handling === 'object',
    );
    const applying = handlings.filter((handling) => isInSpan(handling, release));
    if (applying.length === 0) throw new Error(`No authored cell for ${guest} in ${release}`);
    return applying;
  });
}

/** The cells as a fact holds them: each cites the places of the whole fact and its own, and names the build options that its condition rests on. */
export function citeCells(
  evidence: EvidenceList,
  places: readonly AuthoredPlace[],
  cells: AuthoredCells,
  corpus: Corpus,
): PerGuest<readonly [Handling, ...Handling[]]> {
  const { release } = corpus;
  const options = readBuildOptions(corpus);
  const cite = (list: readonly AuthoredPlace[]) =>
    list
      .filter((place) => isInSpan(place, release))
      .map(({ since: _since, until: _until, ...place }) => evidence.cite(place));
  const base = cite(places);
  const authored = cellsOf(cells, release);
  return perGuest((guest) => {
    const [first, ...rest] = authored[guest].map(
      ({ places: own, since: _since, until: _until, outside, ...handling }): Handling => {
        const whole = withBuildOptions(handling.when, options);
        const cited = {
          ...handling,
          ...(whole === undefined ? {} : { when: whole }),
          evidence: [...new Set([...base, ...cite(own ?? [])])],
        };
        return outside ? cited : seenBy(guest, cited);
      },
    );
    if (first === undefined) throw new Error(`No authored cell for ${guest}`);
    return [first, ...rest];
  });
}
