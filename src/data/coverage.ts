import type { Evidence } from '../model/evidence.ts';
import { isTreeEvidence } from '../model/evidence.ts';
import { FACT_KINDS, type FactKind } from '../model/fact-kinds.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { HOWS, type How } from '../model/handling.ts';
import { ORIGINS, type Origin } from '../model/origin.ts';
import type { Fact } from '../schema/fact.ts';
import { type Atlas, cellsOf } from './atlas.ts';
import { removedIn } from './fact-at.ts';
import { type Share, sharesOf } from './matrix.ts';
import { originOfCell } from './origins.ts';

export interface CellCounts {
  readonly origin: Origin;
  readonly total: number;
  /** Cells of which a handling is unknown. */
  readonly unknown: number;
  /** By the default verdict; verdicts that do not occur anywhere are left out. */
  readonly byHow: readonly { readonly how: How; readonly count: number }[];
}

/** The facts of a kind and their cells, one for each guest type of each fact. */
export interface FactCounts {
  readonly kind: FactKind;
  readonly count: number;
  readonly cells: number;
  /** Cells of which a handling is unknown. */
  readonly unknown: number;
  /** Cells by where they come from; origins without a cell are left out. */
  readonly cellsByOrigin: readonly {
    readonly origin: Origin;
    readonly cells: number;
    readonly unknown: number;
  }[];
  /** Cells by the default verdict. */
  readonly shares: readonly Share[];
}

/** How much the Atlas says, and what it rests on. Every number is counted, none is stored. */
export interface Coverage {
  readonly features: number;
  readonly cells: number;
  readonly unknown: number;
  /** Cells with at least one piece of evidence. */
  readonly withEvidence: number;
  /** Cells that are taken over from a fact as they are; the others are written out in the row. */
  readonly takenOver: number;
  /** Cells by the default verdict. */
  readonly shares: readonly Share[];
  readonly cellsByOrigin: readonly CellCounts[];
  /** Verdicts that occur in the matrix, in the order of the vocabulary. */
  readonly hows: readonly How[];
  readonly facts: readonly FactCounts[];
  /** Facts of the pinned release. */
  readonly factCount: number;
  /** Facts of older releases only. */
  readonly removedFacts: number;
  /** Different places in the tree, messages and documents that something rests on. */
  readonly evidence: number;
  readonly files: number;
  readonly answers: number;
  readonly threads: number;
  readonly messages: number;
  readonly missingMessages: number;
  readonly references: number;
  readonly resolvedReferences: number;
}

function allEvidence({ content, rows }: Atlas): Evidence[] {
  return [content.facts, rows, content.answers, content.guests, content.guides].flatMap((entries) =>
    entries.flatMap((entry) => entry.evidence),
  );
}

function evidenceKey(item: Evidence): string {
  return isTreeEvidence(item)
    ? JSON.stringify([item.path, item.symbol, item.anchor])
    : JSON.stringify('message' in item ? [item.message] : [item.doc, item.section]);
}

function factCounts(kind: FactKind, facts: readonly Fact[]): FactCounts {
  const cells = facts.flatMap((fact) =>
    GUEST_TYPES.map((guest) => ({
      origin: originOfCell(fact.origin, fact.guests[guest]),
      unknown: fact.guests[guest].some(({ how }) => how === 'unknown'),
    })),
  );
  const unknownAmong = (some: typeof cells) => some.filter(({ unknown }) => unknown).length;
  return {
    kind,
    count: facts.length,
    cells: cells.length,
    unknown: unknownAmong(cells),
    cellsByOrigin: ORIGINS.flatMap((origin) => {
      const own = cells.filter((cell) => cell.origin === origin);
      return own.length === 0 ? [] : [{ origin, cells: own.length, unknown: unknownAmong(own) }];
    }),
    shares: sharesOf(facts.flatMap((fact) => GUEST_TYPES.map((guest) => fact.guests[guest]))),
  };
}

export function coverageOf(atlas: Atlas): Coverage {
  const { content, rows } = atlas;
  const facts = content.facts.filter((fact) => removedIn(fact) === undefined);
  const cells = cellsOf(rows).map(({ row, guest, handlings }) => ({
    origin: row.origins[guest],
    how: handlings[0]?.how ?? 'unknown',
    evidence: handlings.some((handling) => handling.evidence.length > 0),
    unknown: handlings.some(({ how }) => how === 'unknown'),
    takenOver: handlings.some(({ from }) => from !== undefined),
  }));
  const hows = HOWS.filter((how) => cells.some((cell) => cell.how === how));
  const evidence = allEvidence(atlas);
  const messages = content.threads.flatMap((thread) => thread.messages);
  const references = messages.flatMap((message) => message.references);
  return {
    features: rows.length,
    cells: cells.length,
    unknown: cells.filter((cell) => cell.unknown).length,
    withEvidence: cells.filter((cell) => cell.evidence).length,
    takenOver: cells.filter((cell) => cell.takenOver).length,
    shares: sharesOf(cellsOf(rows).map(({ handlings }) => handlings)),
    hows,
    cellsByOrigin: ORIGINS.map((origin) => {
      const own = cells.filter((cell) => cell.origin === origin);
      const byHow = hows.map((how) => ({
        how,
        count: own.filter((cell) => cell.how === how).length,
      }));
      const none = own.filter((cell) => cell.unknown).length;
      return { origin, total: own.length, unknown: none, byHow };
    }),
    facts: FACT_KINDS.map((kind) =>
      factCounts(
        kind,
        facts.filter((fact) => fact.kind === kind),
      ),
    ),
    factCount: facts.length,
    removedFacts: content.facts.length - facts.length,
    evidence: new Set(evidence.map(evidenceKey)).size,
    files: new Set(evidence.filter(isTreeEvidence).map(({ path }) => path)).size,
    answers: content.answers.length,
    threads: content.threads.length,
    messages: messages.length,
    missingMessages: content.threads.reduce((sum, thread) => sum + thread.missing.length, 0),
    references: references.length,
    resolvedReferences: references.filter(({ state }) => state === 'same' || state === 'moved')
      .length,
  };
}
