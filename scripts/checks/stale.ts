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
import type { Exception } from '../../src/schema/stale.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import type { TreeNames } from '../xen/tree-names.ts';

/** A place of the source that entries rest on. */
export interface Rested {
  readonly place: TreeEvidence;
  /** References such as `features/time/pit`, sorted. */
  readonly entries: readonly string[];
}

/** What a newer tree makes of a place. */
interface Judgement {
  readonly verdict: EvidenceVerdict;
  /** Where it stands in the newer tree. */
  readonly now: { readonly path: string; readonly line: number } | null;
  /** Of its text in the newer tree. */
  readonly fingerprint: string | null;
}

export interface Finding extends Rested, Judgement {
  /** Entries whose statements a person read against the newer text and left as they are. */
  readonly excepted: readonly string[];
}

/** Verdicts after which a statement has to be read again. */
export const BLOCKING: ReadonlySet<EvidenceVerdict> = new Set([
  'changed',
  'gone',
  'ambiguous',
  'uncheckable',
]);

/** The entries of a finding that have to be read again. */
export function unread({ verdict, entries, excepted }: Finding): readonly string[] {
  return BLOCKING.has(verdict) ? entries.filter((entry) => !excepted.includes(entry)) : [];
}

/** A place and the text that it had when it was read, as a key. */
export function keyOf({ path, symbol, anchor, fingerprint }: TreeEvidence): string {
  return JSON.stringify([path, symbol, anchor, fingerprint]);
}

/** The place that an exception is about. */
export function exceptedPlace({ path, symbol, anchor, read }: Exception): TreeEvidence {
  return { path, symbol, anchor, fingerprint: read };
}

/** Every place that a statement of a person rests on, once, sorted by path and symbol. */
export function restedOn({ facts, features, answers, guests, guides }: Content): Rested[] {
  const all: (readonly [collection: string, id: string, evidence: readonly Evidence[]])[] = [
    ...features.map((entry) => ['features', entry.id, entry.evidence] as const),
    ...answers.map((entry) => ['answers', entry.id, entry.evidence] as const),
    ...guests.map((entry) => ['guests', entry.id, entry.evidence] as const),
    ...guides.map((entry) => ['guides', entry.id, entry.evidence] as const),
    ...facts
      .filter((fact) => removedIn(fact) === undefined)
      .map((fact) => ['facts', fact.id, authoredEvidence(fact)] as const),
  ];
  const byKey = new Map<string, { place: TreeEvidence; entries: Set<string> }>();
  for (const [collection, id, evidence] of all) {
    for (const place of evidence.filter(isTreeEvidence)) {
      const known = byKey.get(keyOf(place)) ?? { place, entries: new Set() };
      known.entries.add(`${collection}/${id}`);
      byKey.set(keyOf(place), known);
    }
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { place, entries }]) => ({ place, entries: [...entries].sort() }));
}

const NOWHERE = { now: null, fingerprint: null } as const;

/** Looks for a symbol that its file does not have any more in the whole tree. */
function findElsewhere(
  corpus: Corpus,
  names: TreeNames,
  { path, symbol, anchor, fingerprint }: TreeEvidence,
): Judgement {
  const paths = (symbol === undefined ? [] : (names.symbols.get(symbol) ?? []))
    .map((definition) => definition.path)
    .filter((other) => other !== path);
  const places = [...new Set(paths)].flatMap((other) => {
    const found = resolveEvidence(corpus, { path: other, symbol, anchor });
    return found.line === undefined || found.fingerprint === undefined
      ? []
      : [{ now: { path: other, line: found.line }, fingerprint: found.fingerprint }];
  });
  const same = places.filter((place) => place.fingerprint === fingerprint);
  const [first] = same.length > 0 ? same : places;
  if (first === undefined) return { verdict: 'gone', ...NOWHERE };
  if (same.length !== 1 && places.length > 1) return { verdict: 'ambiguous', ...NOWHERE };
  return { verdict: same.length > 0 ? 'moved' : 'changed', ...first };
}

/** The verdict on one place in a newer tree. */
function judge(corpus: Corpus, names: TreeNames, place: TreeEvidence): Judgement {
  const { verdict, line, fingerprint } = resolveEvidence(corpus, place);
  if (verdict === 'gone') return findElsewhere(corpus, names, place);
  if (place.fingerprint === undefined) return { verdict: 'uncheckable', ...NOWHERE };
  return {
    verdict,
    now: line === undefined ? null : { path: place.path, line },
    fingerprint: fingerprint ?? null,
  };
}

/** The verdict on every place that a person’s statement rests on. */
export function findStale(
  content: Content,
  exceptions: readonly Exception[],
  corpus: Corpus,
  names: TreeNames,
): Finding[] {
  const byPlace = Map.groupBy(exceptions, (exception) => keyOf(exceptedPlace(exception)));
  return restedOn(content).map((rested) => {
    const judgement = judge(corpus, names, rested.place);
    const reviewed = (byPlace.get(keyOf(rested.place)) ?? [])
      .filter(({ now }) => now === judgement.fingerprint)
      .flatMap(({ entries }) => entries);
    const excepted = BLOCKING.has(judgement.verdict)
      ? rested.entries.filter((entry) => reviewed.includes(entry))
      : [];
    return { ...rested, ...judgement, excepted };
  });
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
