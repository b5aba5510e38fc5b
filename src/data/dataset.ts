/**
 * The dataset: what `atlas export` writes and the site serves under `/api/v1/`. A record is the front matter of an entry
 * and its `url`; ids of facts are written without the `facts/` of a reference. Keys and casing are a contract.
 */

import { AREA_WORDS } from '../model/areas.ts';
import { describeCondition } from '../model/condition.ts';
import { FACT_KIND_WORDS, FACT_KINDS } from '../model/fact-kinds.ts';
import { FACT_RULES } from '../model/fact-rules.ts';
import { GUEST_TYPE_WORDS, GUEST_TYPES } from '../model/guest-types.ts';
import { BY_WORDS, EFFECT_WORDS, HOW_WORDS } from '../model/handling.ts';
import { ORIGIN_WORDS } from '../model/origin.ts';
import { type Atlas, factsOfFeature, joinContent } from './atlas.ts';
import { factIdOf } from './cells.ts';
import type { Content } from './content.ts';
import { compareAll } from './measured.ts';
import { deriveReverseIndex } from './reverse-index.ts';
import {
  answerRoute,
  factRoute,
  featureRoute,
  guideRoute,
  measuredRoute,
  releaseMatrixRoute,
  symbolRoute,
  termRoute,
  threadRoute,
  witnessRoute,
} from './routes.ts';

/** A file of the dataset as a value: JSON, or rows of a table with a heading. */
export type DatasetFile =
  | { readonly path: string; readonly json: unknown }
  | { readonly path: string; readonly rows: readonly (readonly string[])[] };

function featureRecords({ rows }: Atlas) {
  return rows.map(({ feature, guests, evidence, origins }) => ({
    id: feature.id,
    area: feature.area,
    title: feature.title,
    summary: feature.summary,
    guests,
    origins,
    facts: factsOfFeature(feature),
    answers: feature.answers,
    evidence,
    reviewed: feature.reviewed,
    alsoReviewed: feature.alsoReviewed ?? [],
    url: featureRoute(feature.id),
  }));
}

function answerRecords({ content }: Atlas) {
  return content.answers.map((answer) => ({
    ...answer,
    facts: answer.facts.map(factIdOf),
    url: answerRoute(answer.id),
  }));
}

function guideRecords({ content }: Atlas) {
  return content.guides.map((guide) => ({
    ...guide,
    facts: guide.facts.map(factIdOf),
    url: guideRoute(guide.id),
  }));
}

function witnessRecord(witness: Content['witnesses'][number]) {
  return { ...witness, url: witnessRoute(witness.id) };
}

function symbolRecords(content: Content) {
  return [...deriveReverseIndex(content).symbols.values()].map(({ name, touches, spots }) => ({
    name,
    places: spots,
    entries: touches.map(({ collection, url, title, roles, guests }) => ({
      collection,
      url,
      title,
      roles,
      guests,
    })),
    url: symbolRoute(name),
  }));
}

const MATRIX_HEADING = [
  'feature',
  'area',
  'title',
  'guest',
  'position',
  'how',
  'by',
  'access',
  'effect',
  'when',
  'condition',
  'note',
  'origin',
  'from',
  'url',
] as const;

/** The matrix as a table: one line for each handling of each cell, the default at position 1. */
function matrixRows({ rows }: Atlas): string[][] {
  const lines = rows.flatMap(({ feature, guests, origins }) =>
    GUEST_TYPES.flatMap((guest) =>
      guests[guest].map((handling, index) => [
        feature.id,
        feature.area,
        feature.title,
        guest,
        String(index + 1),
        handling.how,
        handling.by ?? '',
        handling.access ?? '',
        handling.effect ?? '',
        handling.when === undefined ? '' : JSON.stringify(handling.when),
        describeCondition(handling.when),
        handling.note ?? '',
        origins[guest],
        handling.from ?? '',
        featureRoute(feature.id, guest),
      ]),
    ),
  );
  return [[...MATRIX_HEADING], ...lines];
}

/** Every file of the dataset, in the order in which it is written. */
export function buildDataset(content: Content): readonly DatasetFile[] {
  const atlas = joinContent(content);
  const { sources } = content;
  const facts = content.facts.map((fact) => ({ ...fact, url: factRoute(fact.id) }));
  const features = featureRecords(atlas);
  const answers = answerRecords(atlas);
  const guides = guideRecords(atlas);
  const terms = content.glossary.map((term) => ({ ...term, url: termRoute(term.id) }));
  const threads = content.threads.map((thread) => ({ ...thread, url: threadRoute(thread.id) }));
  const symbols = symbolRecords(content);
  const index = {
    release: sources.xen.release,
    commit: sources.xen.commit,
    releases: sources.xen.releases,
    counts: {
      facts: facts.length,
      factsByKind: Object.fromEntries(
        FACT_KINDS.map((kind) => [kind, facts.filter((fact) => fact.kind === kind).length]),
      ),
      features: features.length,
      cells: features.length * GUEST_TYPES.length,
      answers: answers.length,
      guides: guides.length,
      terms: terms.length,
      threads: threads.length,
      messages: threads.reduce((sum, { messages }) => sum + messages.length, 0),
      symbols: symbols.length,
      witnesses: content.witnesses.length,
      measurements: content.measurements.length,
    },
    vocabulary: {
      guests: GUEST_TYPE_WORDS,
      how: HOW_WORDS,
      by: BY_WORDS,
      effect: EFFECT_WORDS,
      origin: ORIGIN_WORDS,
      areas: AREA_WORDS,
      kinds: FACT_KIND_WORDS,
      rules: FACT_RULES,
    },
    licence: 'CC-BY-4.0',
  };
  return [
    { path: 'index.json', json: index },
    { path: 'facts.json', json: facts },
    ...FACT_KINDS.map((kind) => ({
      path: `facts/${kind}.json`,
      json: facts.filter((fact) => fact.kind === kind),
    })),
    { path: 'features.json', json: features },
    { path: 'answers.json', json: answers },
    { path: 'guides.json', json: guides },
    { path: 'glossary.json', json: terms },
    { path: 'threads.json', json: threads },
    { path: 'symbols.json', json: symbols },
    { path: 'witnesses.json', json: content.witnesses.map(witnessRecord) },
    {
      path: 'releases.json',
      json: content.releases.map((one) => ({ ...one, url: releaseMatrixRoute(one.id) })),
    },
    {
      path: 'measurements.json',
      json: compareAll(content).map((measurement) => ({
        ...measurement,
        url: measuredRoute(),
      })),
    },
    { path: 'matrix.csv', rows: matrixRows(atlas) },
  ];
}
