/** What a newer tree makes of the evidence of the content: a verdict for each place, and who rests on it. Pure. */

import type { Content } from '../../src/data/content.ts';
import { removedIn } from '../../src/data/fact-at.ts';
import { authoredEvidence } from '../../src/data/origins.ts';
import {
  EVIDENCE_VERDICTS,
  type Evidence,
  type EvidenceVerdict,
  isTreeEvidence,
  type TreeEvidence,
} from '../../src/model/evidence.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { entryPath } from './check.ts';

/** A place of the source that entries rest on. */
export interface Rested {
  readonly place: TreeEvidence;
  /** Paths of the entries, sorted. */
  readonly entries: readonly string[];
}

export interface Finding extends Rested {
  readonly verdict: EvidenceVerdict;
  /** Where it stands in the newer tree. */
  readonly now: { readonly path: string; readonly line: number } | null;
}

/** Verdicts after which a statement has to be read again. */
export const BLOCKING: ReadonlySet<EvidenceVerdict> = new Set([
  'changed',
  'gone',
  'ambiguous',
  'uncheckable',
]);

function keyOf({ path, symbol, anchor, fingerprint }: TreeEvidence): string {
  return JSON.stringify([path, symbol, anchor, fingerprint]);
}

/** Every place that a statement of a person rests on, once, sorted by path and symbol. */
export function restedOn({ facts, features, answers, guests }: Content): Rested[] {
  const all: (readonly [collection: string, id: string, evidence: readonly Evidence[]])[] = [
    ...features.map((entry) => ['features', entry.id, entry.evidence] as const),
    ...answers.map((entry) => ['answers', entry.id, entry.evidence] as const),
    ...guests.map((entry) => ['guests', entry.id, entry.evidence] as const),
    ...facts
      .filter((fact) => removedIn(fact) === undefined)
      .map((fact) => ['facts', fact.id, authoredEvidence(fact)] as const),
  ];
  const byKey = new Map<string, { place: TreeEvidence; entries: Set<string> }>();
  for (const [collection, id, evidence] of all) {
    for (const place of evidence.filter(isTreeEvidence)) {
      const known = byKey.get(keyOf(place)) ?? { place, entries: new Set() };
      known.entries.add(entryPath(collection, id));
      byKey.set(keyOf(place), known);
    }
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { place, entries }]) => ({ place, entries: [...entries].sort() }));
}

/** Looks for a symbol that its file does not have any more in the whole tree. */
function findElsewhere(
  corpus: Corpus,
  names: TreeNames,
  { path, symbol, anchor, fingerprint }: TreeEvidence,
): Pick<Finding, 'verdict' | 'now'> {
  const paths = (symbol === undefined ? [] : (names.symbols.get(symbol) ?? []))
    .map((definition) => definition.path)
    .filter((other) => other !== path);
  const places = [...new Set(paths)].flatMap((other) => {
    const found = resolveEvidence(corpus, { path: other, symbol, anchor });
    return found.line === undefined
      ? []
      : [{ path: other, line: found.line, same: found.fingerprint === fingerprint }];
  });
  const same = places.filter((place) => place.same);
  const [first] = same.length > 0 ? same : places;
  if (first === undefined) return { verdict: 'gone', now: null };
  if (same.length !== 1 && places.length > 1) return { verdict: 'ambiguous', now: null };
  const now = { path: first.path, line: first.line };
  return { verdict: first.same ? 'moved' : 'changed', now };
}

/** The verdict on one place in a newer tree. */
function judge(
  corpus: Corpus,
  names: TreeNames,
  place: TreeEvidence,
): Pick<Finding, 'verdict' | 'now'> {
  const { path, fingerprint } = place;
  const { verdict, line } = resolveEvidence(corpus, place);
  if (verdict === 'gone') return findElsewhere(corpus, names, place);
  if (fingerprint === undefined) return { verdict: 'uncheckable', now: null };
  return { verdict, now: line === undefined ? null : { path, line } };
}

/** The verdict on every place that a person’s statement rests on. */
export function findStale(content: Content, corpus: Corpus, names: TreeNames): Finding[] {
  return restedOn(content).map((rested) => ({ ...rested, ...judge(corpus, names, rested.place) }));
}

/** How many places have each verdict, in the order of the vocabulary. */
export function countVerdicts(
  findings: readonly Finding[],
): Readonly<Record<EvidenceVerdict, number>> {
  const verdicts = Object.keys(EVIDENCE_VERDICTS) as EvidenceVerdict[];
  return Object.fromEntries(
    verdicts.map((verdict) => [
      verdict,
      findings.filter((finding) => finding.verdict === verdict).length,
    ]),
  ) as Record<EvidenceVerdict, number>;
}
