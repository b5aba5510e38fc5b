import { joinContent } from '../../src/data/atlas.ts';
import type { Content } from '../../src/data/content.ts';
import { type ChangedFact, diffReleases, type KindDiff } from '../../src/data/release-diff.ts';
import {
  placesOf,
  placesOfChange,
  rewrittenSince,
  touchedBy,
  touchedFacts,
} from '../../src/data/release-touch.ts';
import type { TreeEvidence } from '../../src/model/evidence.ts';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import { GUEST_TYPE_WORDS, type GuestType } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import { branchOf, compareReleases } from '../../src/model/release.ts';
import { upstreamHistoryUrl } from '../../src/model/upstream.ts';
import type { Fact } from '../../src/schema/fact.ts';
import type { ReleaseEntry } from '../../src/schema/release.ts';
import { readContent } from '../markdown/read-content.ts';
import { type Problem, problem } from '../problems/problem.ts';

/** A fact that only one of the releases has. */
export interface LoneRecord {
  readonly id: string;
  readonly title: string;
  readonly evidence: readonly TreeEvidence[];
}

export interface ChangedRecord {
  readonly id: string;
  readonly title: string;
  readonly guests: Readonly<
    Partial<
      Record<
        GuestType,
        { readonly before: readonly Handling[]; readonly after: readonly Handling[] }
      >
    >
  >;
  readonly attributes: Readonly<
    Record<string, { readonly before: unknown; readonly after: unknown }>
  >;
  /** What the cells that changed rest on in either release; of the whole fact when no cell changed. */
  readonly evidence: {
    readonly before: readonly TreeEvidence[];
    readonly after: readonly TreeEvidence[];
  };
}

export interface KindRecord {
  readonly kind: FactKind;
  readonly added: readonly LoneRecord[];
  readonly removed: readonly LoneRecord[];
  readonly changed: readonly ChangedRecord[];
  /** Facts of which one of the releases says nothing. */
  readonly unread: number;
}

export interface DiffResult {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly KindRecord[];
  /** Ids of the features and answers that name a fact that differs. */
  readonly features: readonly string[];
  readonly answers: readonly string[];
  /** Places whose text differs and on which nothing rests that changed, in `path` and `symbol`. */
  readonly rewritten: ReleaseEntry['rewritten'];
  /** Web views of the changes upstream, up to the newer release, by path. */
  readonly history: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

function loneRecord(fact: Fact): LoneRecord {
  return { id: fact.id, title: fact.title, evidence: placesOf(fact) };
}

/** Handlings without the positions of their evidence, which are those of a list that is not told. */
function told(handlings: readonly Handling[]): Handling[] {
  return handlings.map((handling) => ({ ...handling, evidence: [] }));
}

function changedRecord(change: ChangedFact): ChangedRecord {
  const { fact, before, after, guests, attributes } = change;
  const old: Readonly<Record<string, unknown>> = before.attributes;
  const now: Readonly<Record<string, unknown>> = after.attributes;
  return {
    id: fact.id,
    title: fact.title,
    guests: Object.fromEntries(
      guests.map((guest) => [
        guest,
        { before: told(before.guests[guest]), after: told(after.guests[guest]) },
      ]),
    ),
    attributes: Object.fromEntries(
      attributes.map((name) => [name, { before: old[name] ?? null, after: now[name] ?? null }]),
    ),
    evidence: placesOfChange(change),
  };
}

function kindRecord({ kind, added, removed, changed, unread }: KindDiff): KindRecord {
  return {
    kind,
    added: added.map(loneRecord),
    removed: removed.map(loneRecord),
    changed: changed.map(changedRecord),
    unread,
  };
}

function pathsOf({ added, removed, changed }: KindRecord): string[] {
  return [
    ...[...added, ...removed].flatMap(({ evidence }) => evidence),
    ...changed.flatMap(({ evidence }) => [...evidence.before, ...evidence.after]),
  ].map(({ path }) => path);
}

/** Compares two releases covered, in whatever order they are given; a release that is not covered is a problem. */
export function diffContent(content: Content, given: readonly [string, string]): DiffResult {
  const covered = content.releases.map(({ id }) => id);
  const [from, to] = given.map(branchOf).sort(compareReleases) as [string, string];
  const unknown = [from, to].filter((release) => !covered.includes(release));
  if (unknown.length > 0) {
    const words = {
      actual: unknown.map((release) => `\`${release}\``).join(' and '),
      expected: `releases among ${covered.join(', ')}`,
      repair: 'Add the release to `content/sources.yml`, then npm run atlas -- extract --git DIR',
    };
    const place = { path: 'content/releases' };
    const nothing = { kinds: [], features: [], answers: [], rewritten: [], history: {} };
    return {
      from,
      to,
      ...nothing,
      problems: [problem('reference-unknown', place, words)],
    };
  }
  const diff = diffReleases(content.facts, from, to);
  const kinds = diff.map(kindRecord);
  const { features, answers } = touchedBy(joinContent(content), touchedFacts(diff));
  const commit = content.releases.find(({ id }) => id === to)?.commit ?? to;
  const rewritten = rewrittenSince(content.releases, from, to, diff);
  const history = [...new Set([...kinds.flatMap(pathsOf), ...rewritten.map(({ path }) => path)])]
    .sort()
    .flatMap((path) => {
      const url = upstreamHistoryUrl(content.sources.xen, commit, path);
      return url === undefined ? [] : [[path, url] as const];
    });
  return {
    from,
    to,
    kinds,
    features: features.map(({ id }) => id),
    answers: answers.map(({ id }) => id),
    rewritten,
    history: Object.fromEntries(history),
    problems: [],
  };
}

/** Reads the content below the root of the project, and compares two releases. */
export async function runDiff(root: string, given: readonly [string, string]): Promise<DiffResult> {
  const { content, problems } = await readContent(root);
  const result = diffContent(content, given);
  return { ...result, problems: [...problems, ...result.problems] };
}

/** Places as lines, each once: `xen/arch/x86/domain.c · emulation_flags_ok`. */
function placeLines(word: string, places: readonly TreeEvidence[]): string[] {
  const names = places.map(({ path, symbol }) =>
    symbol === undefined ? path : `${path} · ${symbol}`,
  );
  return [...new Set(names)].map((name) => `    ${word} ${name}`);
}

/** The lines of a kind: `+` added, `-` removed, `~` changed; with evidence, the places of each in either release. */
function kindLines(kind: KindRecord, evidence: boolean): string[] {
  const { added, removed, changed, unread } = kind;
  const lone = (sign: string, word: string) => (fact: LoneRecord) => [
    `  ${sign} ${fact.id}`,
    ...(evidence ? placeLines(word, fact.evidence) : []),
  ];
  const own = [
    ...added.flatMap(lone('+', 'is')),
    ...removed.flatMap(lone('-', 'was')),
    ...changed.flatMap((fact) => {
      const guests = Object.keys(fact.guests) as GuestType[];
      const where = [
        ...guests.map((guest) => GUEST_TYPE_WORDS[guest].title),
        ...Object.keys(fact.attributes),
      ];
      return [
        `  ~ ${fact.id}: ${where.join(', ')}`,
        ...(evidence
          ? [...placeLines('was', fact.evidence.before), ...placeLines('is', fact.evidence.after)]
          : []),
      ];
    }),
  ];
  if (own.length === 0 && unread === 0) return [];
  const silent = unread === 0 ? '' : `, ${unread} not read in one of them`;
  return [
    `${kind.kind}: ${added.length} added, ${removed.length} removed, ${changed.length} changed${silent}`,
    ...own,
  ];
}

/** The differences as lines, by kind, and what rests on them. */
export function renderDiff(
  { from, to, kinds, features, answers, rewritten }: DiffResult,
  evidence = false,
): string {
  const resting = (what: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [`${ids.length} ${what} rest on them`, ...ids.map((id) => `  ${id}`)];
  return [
    `Xen ${from} to ${to}`,
    ...kinds.flatMap((kind) => kindLines(kind, evidence)),
    ...(rewritten.length === 0
      ? []
      : [
          `${rewritten.length} places were rewritten, and what they are evidence for did not change`,
          ...rewritten.map(({ path, symbol }) => `  ${path} · ${symbol}`),
        ]),
    ...resting('features', features),
    ...resting('answers', answers),
  ].join('\n');
}
