import type { Evidence, Place } from '../../src/model/evidence.ts';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { By } from '../../src/model/handling.ts';
import { branchOf } from '../../src/model/release.ts';
import type { Fact, FactOf } from '../../src/schema/fact.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Construct } from './construct.ts';
import type { Corpus } from './corpus.ts';
import { resolveEvidence } from './evidence.ts';
import { pathIn } from './moves.ts';

export interface Extraction<F extends Fact = Fact> {
  /** Sorted by id. Empty when a construct is missing. */
  readonly facts: readonly F[];
  readonly problems: readonly Problem[];
}

/** One kind of fact: what it needs of the source. By which rules its cells follow stands in `src/model/fact-rules.ts`. */
export interface Extractor<K extends FactKind> {
  readonly kind: K;
  readonly constructs: Readonly<Record<string, Construct>>;
  /** The least number of facts that any release has; fewer is an error, never a short list. */
  readonly minimum: number;
  readonly extract: (corpus: Corpus) => Extraction<FactOf<K>>;
}

/** An extractor of whatever kind. */
export type AnyExtractor = { readonly [K in FactKind]: Extractor<K> }[FactKind];

/** Collects the evidence of one fact; the same place is listed once. */
export class EvidenceList {
  readonly items: Evidence[] = [];
  readonly problems: Problem[] = [];
  readonly #corpus: Corpus;
  readonly #positions = new Map<string, number>();

  constructor(corpus: Corpus) {
    this.#corpus = corpus;
  }

  /** Position of the evidence, where the release keeps it, with its line and fingerprint filled in. */
  cite(newest: Place): number {
    const place = { ...newest, path: pathIn(newest.path, this.#corpus.release) };
    const key = JSON.stringify([place.path, place.symbol, place.anchor]);
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const { verdict, line, fingerprint, found } = resolveEvidence(this.#corpus, place);
    if (line === undefined) {
      this.problems.push(
        problem(
          'evidence-gone',
          { path: place.path },
          {
            actual: found ?? verdict,
            expected: `\`${place.anchor ?? place.symbol ?? place.path}\` as evidence of a fact`,
          },
        ),
      );
    }
    const { note, ...where } = place;
    const index =
      this.items.push({
        ...where,
        ...(line === undefined ? {} : { line }),
        ...(fingerprint === undefined ? {} : { fingerprint }),
        ...(note === undefined ? {} : { note }),
      }) - 1;
    this.#positions.set(key, index);
    return index;
  }
}

/** In the inner view of the shim, what Xen does is done by the shim. */
export function seenBy<H extends { readonly by?: By | undefined }>(
  guest: GuestType,
  handling: H,
): H {
  return guest === 'pv-shim' && handling.by === 'xen' ? { ...handling, by: 'shim' } : handling;
}

/** The history of a fact that the oldest release covered has. */
export function presentIn(release: string): Fact['history'] {
  return [{ release: branchOf(release), change: 'present' }];
}

export function sortFacts<F extends Fact>(facts: readonly F[]): F[] {
  return [...facts].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
