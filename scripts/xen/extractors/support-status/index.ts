import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { type Found, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { type Misread, misreadProblems } from '../../misread.ts';
import { constructs } from './constructs.ts';
import { DECIDES, EMULATED } from './emulated.ts';
import { type Level, levelOf } from './levels.ts';
import { readStatusRows, type StatusRow } from './rows.ts';
import { type Scope, scopeOf, speaksOf, unreadGuestWord } from './scope.ts';

type SupportFact = FactOf<'support-status'>;
type Handlings = SupportFact['guests'][GuestType];

const EMULATED_SECTION = /^x86\/Emulated /;

function noteOf(row: StatusRow, speaks: boolean): string {
  if (row.about === 'release') return 'The row is about the release, not about a guest type.';
  return speaks
    ? 'The row says how far the feature is supported, not how this guest type gets it.'
    : 'The row does not speak of this guest type.';
}

function isEmulated({ path }: StatusRow): boolean {
  return path.some((heading) => EMULATED_SECTION.test(heading));
}

/** What QEMU emulates by the row; undefined for a row about something else, and for one that no table lists. */
function emulatedBy(row: StatusRow) {
  return isEmulated(row) && row.qualifier !== null ? EMULATED[row.qualifier] : undefined;
}

function cellOf(row: StatusRow, scope: Scope, guest: GuestType, evidence: EvidenceList): Handlings {
  const place = [0];
  const emulated = emulatedBy(row);
  if (emulated === undefined || !speaksOf({ ...scope, guest: null }, guest)) {
    return [{ how: 'unknown', note: noteOf(row, speaksOf(scope, guest)), evidence: place }];
  }
  if (!speaksOf(scope, guest)) {
    const note = 'QEMU emulates devices for HVM domains only.';
    return [{ how: 'absent', note, evidence: place }];
  }
  const places = [0, evidence.cite(DECIDES)];
  const [first, ...rest] = emulated;
  const authored = (handling: Omit<Handling, 'evidence'>): Handling => ({
    ...handling,
    origin: 'authored',
    evidence: places,
  });
  return [authored(first), ...rest.map(authored)];
}

function slug(words: readonly string[]): string {
  return words
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function nameOf({ path, qualifier }: StatusRow): string {
  return slug([...path, qualifier ?? '']);
}

function titleOf(feature: string, qualifier: string | null): string {
  const name = feature.replace(/:$/, '');
  return qualifier === null ? name : `${name}, ${qualifier}`;
}

function factOf(corpus: Corpus, source: Found, row: StatusRow, level: Level | null) {
  const { path, qualifier, status, caveat, heading } = row;
  const scope = scopeOf(row);
  const feature = path.at(-1) ?? 'Release Support';
  const evidence = new EvidenceList(corpus);
  evidence.cite({ path: source.path, symbol: heading, anchor: row.anchor });
  const fact: SupportFact = {
    id: `support-status/${nameOf(row)}`,
    kind: 'support-status',
    title: titleOf(feature, qualifier),
    guests: perGuest((guest) => cellOf(row, scope, guest, evidence)),
    attributes: {
      feature,
      section: path.length > 1 ? (path.at(-2) ?? null) : null,
      qualifier,
      status,
      level,
      caveat,
      ...scope,
    },
    evidence: evidence.items,
    origin: 'extracted',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

/** Words that no table lists. */
function unknownWords(path: string, row: StatusRow, level: Level | null | undefined): Problem[] {
  const word = unreadGuestWord(row);
  const unknown = (actual: string, table: string) =>
    problem(
      'construct-unknown',
      { path, line: row.line },
      {
        actual,
        expected: 'words that the extractor `support-status` knows',
        repair: `Say what they mean in \`${table}\` of the extractor \`support-status\`.`,
      },
    );
  return [
    ...(level === undefined ? [unknown(`status \`${row.status}\``, 'LEVELS')] : []),
    ...(word === undefined ? [] : [unknown(`guest type in \`${word}\``, 'NAMED_OTHERWISE')]),
    ...(isEmulated(row) && emulatedBy(row) === undefined
      ? [unknown(`device \`${row.qualifier ?? row.path.at(-1)}\``, 'EMULATED')]
      : []),
  ];
}

/** Two rows of one id would hide one another. */
function sameIds(rows: readonly StatusRow[]): Misread[] {
  const expected = 'one row for each qualifier';
  return [...Map.groupBy(rows, nameOf)].flatMap(([name, [, second]]) =>
    second === undefined
      ? []
      : [{ line: second.line, actual: `a second row \`${name}\``, expected }],
  );
}

function extract(corpus: Corpus): Extraction<SupportFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const { path, text } = found.rows;
  const { rows, misread } = readStatusRows(text);
  const problems = misreadProblems(path, [...misread, ...sameIds(rows)]);
  const facts: SupportFact[] = [];
  for (const row of rows) {
    const level = levelOf(row);
    const result = factOf(corpus, found.rows, row, level ?? null);
    facts.push(result.fact);
    problems.push(...unknownWords(path, row, level), ...result.problems);
  }
  return { facts: sortFacts(facts), problems };
}

export const supportStatus: Extractor<'support-status'> = {
  kind: 'support-status',
  constructs,
  minimum: 150,
  extract,
};
