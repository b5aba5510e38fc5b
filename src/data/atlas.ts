import { AREAS } from '../model/areas.ts';
import { type Evidence, isTreeEvidence } from '../model/evidence.ts';
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import type { Origin } from '../model/origin.ts';
import type { Answer } from '../schema/answer.ts';
import type { Fact } from '../schema/fact.ts';
import type { Feature } from '../schema/feature.ts';
import type { Message, Thread } from '../schema/thread.ts';
import {
  factIdOf,
  isTakenOver,
  type Row,
  type RowHandling,
  resolveRow,
  statedCell,
} from './cells.ts';
import type { Content } from './content.ts';
import { originOfCell } from './origins.ts';

export type FeatureEntry = Content['features'][number];
export type AnswerEntry = Content['answers'][number];
export type GuideEntry = Content['guides'][number];

/** A feature with its cells written out. */
export interface FeatureRow extends Row {
  readonly feature: FeatureEntry;
  /** Where each cell's statement comes from: that of the fact taken over, or `authored`. */
  readonly origins: Readonly<Record<GuestType, Origin>>;
}

export interface MessagePlace {
  readonly thread: Thread;
  readonly message: Message;
}

/** The content joined: what rests on what, in both directions. Lists are sorted by id. */
export interface Atlas {
  readonly content: Content;
  readonly factById: ReadonlyMap<string, Fact>;
  readonly featureById: ReadonlyMap<string, FeatureRow>;
  readonly answerById: ReadonlyMap<string, AnswerEntry>;
  /** In the order of the areas, then by title. */
  readonly rows: readonly FeatureRow[];
  readonly messageById: ReadonlyMap<string, MessagePlace>;
  readonly featuresOfFact: ReadonlyMap<string, readonly FeatureEntry[]>;
  readonly answersOfFact: ReadonlyMap<string, readonly AnswerEntry[]>;
  readonly answersOfFeature: ReadonlyMap<string, readonly AnswerEntry[]>;
  readonly answersOfMessage: ReadonlyMap<string, readonly AnswerEntry[]>;
  readonly guidesOfFeature: ReadonlyMap<string, readonly GuideEntry[]>;
  readonly guidesOfAnswer: ReadonlyMap<string, readonly GuideEntry[]>;
  readonly messagesOfFeature: ReadonlyMap<string, readonly MessagePlace[]>;
}

/** Values by key, in the order of arrival and without repetition. */
function group<T>(pairs: Iterable<readonly [key: string, value: T]>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key) ?? [];
    if (!group.includes(value)) group.push(value);
    groups.set(key, group);
  }
  return groups;
}

function originsOf(feature: Feature, factById: ReadonlyMap<string, Fact>): FeatureRow['origins'] {
  const originOf = (guest: GuestType): Origin => {
    const cell = statedCell(feature, guest);
    if (!isTakenOver(cell)) return originOfCell('authored', cell);
    const fact = factById.get(factIdOf(cell.from));
    return fact === undefined ? 'extracted' : originOfCell(fact.origin, fact.guests[guest]);
  };
  return Object.fromEntries(GUEST_TYPES.map((guest) => [guest, originOf(guest)])) as Record<
    GuestType,
    Origin
  >;
}

function compareTitles(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareRows(a: FeatureRow, b: FeatureRow): number {
  return (
    AREAS.indexOf(a.feature.area) - AREAS.indexOf(b.feature.area) ||
    compareTitles(a.feature.title.toLowerCase(), b.feature.title.toLowerCase())
  );
}

/** Ids of the facts whose handlings a feature takes over, in the order of the guest types. */
export function factsTakenOver(feature: Feature): string[] {
  return GUEST_TYPES.flatMap((guest) => {
    const cell = statedCell(feature, guest);
    return isTakenOver(cell) ? [factIdOf(cell.from)] : [];
  });
}

/** Ids of the facts that a feature takes over or names. */
export function factsOfFeature(feature: Feature): string[] {
  return [...new Set([...factsTakenOver(feature), ...feature.facts.map(factIdOf)])];
}

/** Message-IDs that an answer names: who asks, who answers, and its evidence. */
export function messagesOfAnswer(answer: Answer): string[] {
  return [
    ...new Set([answer.askedIn, ...answer.answeredIn, ...answer.evidence.flatMap(messageOf)]),
  ];
}

function messageOf(evidence: Evidence): string[] {
  return !isTreeEvidence(evidence) && 'message' in evidence ? [evidence.message] : [];
}

/** A feature with its cells written out, those taken over from facts as the facts given state them. */
export function rowOf(feature: FeatureEntry, factById: ReadonlyMap<string, Fact>): FeatureRow {
  return { feature, ...resolveRow(feature, factById), origins: originsOf(feature, factById) };
}

/** The rows in the order of the matrix. */
export function rowsOf(
  features: readonly FeatureEntry[],
  factById: ReadonlyMap<string, Fact>,
): FeatureRow[] {
  return features.map((feature) => rowOf(feature, factById)).sort(compareRows);
}

/** Joins the content. References that lead nowhere are left out here; the check reports them. */
export function joinContent(content: Content): Atlas {
  const { facts, features, answers, guides, threads } = content;
  const factById = new Map(facts.map((fact) => [fact.id, fact]));
  const rows = rowsOf(features, factById);
  const places = threads.flatMap((thread) =>
    thread.messages.map((message): MessagePlace => ({ thread, message })),
  );
  const answersByFeature = answers.flatMap((answer) =>
    answer.features.map((id) => [id, answer] as const),
  );
  const answerById = new Map(answers.map((answer) => [answer.id, answer]));
  const answersNamedByFeature = features.flatMap((feature) =>
    feature.answers.flatMap((id) => {
      const answer = answerById.get(id);
      return answer === undefined ? [] : [[feature.id, answer] as const];
    }),
  );
  return {
    content,
    factById,
    featureById: new Map(rows.map((row) => [row.feature.id, row])),
    answerById,
    rows,
    messageById: new Map(places.map((place) => [place.message.id, place])),
    featuresOfFact: group(
      features.flatMap((feature) => factsOfFeature(feature).map((id) => [id, feature] as const)),
    ),
    answersOfFact: group(
      answers.flatMap((answer) => answer.facts.map((id) => [factIdOf(id), answer] as const)),
    ),
    answersOfFeature: group([...answersByFeature, ...answersNamedByFeature]),
    answersOfMessage: group(
      answers.flatMap((answer) => messagesOfAnswer(answer).map((id) => [id, answer] as const)),
    ),
    guidesOfFeature: group(
      guides.flatMap((guide) => guide.features.map((id) => [id, guide] as const)),
    ),
    guidesOfAnswer: group(
      guides.flatMap((guide) => guide.answers.map((id) => [id, guide] as const)),
    ),
    messagesOfFeature: group(
      places.flatMap((place) => place.message.features.map((id) => [id, place] as const)),
    ),
  };
}

/** Every cell of the matrix, row by row. */
export function cellsOf(
  rows: readonly FeatureRow[],
): { row: FeatureRow; guest: GuestType; handlings: readonly RowHandling[] }[] {
  return rows.flatMap((row) =>
    GUEST_TYPES.map((guest) => ({ row, guest, handlings: row.guests[guest] })),
  );
}
