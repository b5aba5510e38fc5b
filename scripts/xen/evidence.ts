/** Evidence in a tree: from a path, a symbol and an anchor to a line and a fingerprint. */
import { createHash } from 'node:crypto';
import type { EvidenceVerdict, TreeEvidence } from '../../src/model/evidence.ts';
import type { CFile } from './c-file.ts';
import type { Corpus } from './corpus.ts';
import type { Lines, Stretch } from './lines.ts';
import { blankComments } from './source-mask.ts';

export interface Resolution {
  readonly verdict: EvidenceVerdict;
  readonly line?: number;
  /** Last line of the definition, or of its first one where there are several; the line itself for an anchor. */
  readonly last?: number;
  readonly fingerprint?: string;
  /** What was found, for the message. */
  readonly found?: string;
}

/** Fingerprint of a source text: without comments and white space, 16 hexadecimal digits of its SHA-256. */
export function fingerprint(text: string): string {
  const normalized = blankComments(text).replace(/\s+/g, '');
  return createHash('sha256').update(normalized).digest('hex').slice(0, 16);
}

/** A definition other than a function or macro ends with the first line that closes it in column 0, or with `;`. */
function endOfDefinition(lines: Lines, from: number): number {
  for (let line = from; line <= lines.count; line += 1) {
    const text = lines.at(line);
    if ((line > from && /^[}\])]/.test(text)) || (line === from && /;\s*(?:\/\*.*)?$/.test(text)))
      return line;
    if (line > from && /^\S/.test(text) && /;\s*$/.test(text)) return line;
  }
  return from;
}

function stretchesOf({ reader }: Corpus, file: CFile, lines: Lines, symbol: string): Stretch[] {
  const macros = file.macros
    .filter((macro) => macro.name === symbol)
    .map((macro) => ({ from: macro.line, to: macro.endLine }));
  // No function has a name in capitals.
  if (macros.length > 0 && !/[a-z]/.test(symbol)) return macros;
  const functions = file.functions
    .filter((f) => f.name === symbol)
    .map((f) => ({ from: f.line, to: f.endLine }));
  if (functions.length > 0) return functions;
  if (macros.length > 0) return macros;
  return reader
    .declarationsOf(file, symbol)
    .map(({ line }) => ({ from: line, to: endOfDefinition(lines, line) }));
}

/** In a mini-language, `name:` at the start of a line opens a section to the end of the file. */
function sectionOf(lines: readonly string[], symbol: string): Stretch[] {
  const from = lines.findIndex((line) => line.startsWith(`${symbol}:`)) + 1;
  return from === 0 ? [] : [{ from, to: lines.length }];
}

/** In Markdown, a heading as its line is written, such as `## IOMMU`, opens a section to the next one of its depth. */
function headingSections(lines: readonly string[], symbol: string): Stretch[] {
  const depth = /^#+ /.exec(symbol)?.[0].length ?? 0;
  const ends = (line: string) => (/^#+ /.exec(line)?.[0].length ?? depth + 1) <= depth;
  return lines.flatMap((text, index) => {
    if (depth === 0 || text.trim() !== symbol) return [];
    const length = lines.slice(index + 1).findIndex(ends);
    return [{ from: index + 1, to: length === -1 ? lines.length : index + 1 + length }];
  });
}

/** In Kconfig, `CONFIG_NAME` is the entry `config NAME`: its line, and what is indented below it. */
function kconfigEntries(lines: readonly string[], symbol: string): Stretch[] {
  const indent = (line: string) => line.length - line.trimStart().length;
  const name = /^CONFIG_(\w+)$/.exec(symbol)?.[1];
  return lines.flatMap((text, index) => {
    if (name === undefined || /^\s*(?:menu)?config\s+(\w+)\s*$/.exec(text)?.[1] !== name) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((line) => line.trim() !== '' && indent(line) <= indent(text));
    const own = end === -1 ? rest : rest.slice(0, end);
    const length = own.findLastIndex((line) => line.trim() !== '') + 1;
    return [{ from: index + 1, to: index + 1 + length }];
  });
}

const patterns = new Map<string, RegExp>();

/** A text as a whole word. */
function wordPattern(text: string): RegExp {
  const known = patterns.get(text) ?? makeWordPattern(text);
  patterns.set(text, known);
  return known;
}

function makeWordPattern(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '[^\\S\\n]+');
  return new RegExp(
    `${/^\w/.test(text) ? '(?<!\\w)' : ''}${escaped}${/\w$/.test(text) ? '(?!\\w)' : ''}`,
  );
}

/**
 * The first of some names that singles out a line of a symbol, as an anchor: where the name stands first, there it
 * points. Null when none does. Names only: an anchor is a pointer, not a piece of the source.
 */
export function anchorFor(
  corpus: Corpus,
  path: string,
  symbol: string,
  line: number,
  names: readonly string[],
): string | null {
  const points = (anchor: string) =>
    resolveEvidence(corpus, { path, symbol, anchor }).line === line;
  return names.find(points) ?? null;
}

/** Definitions of a symbol in a file, or sections of that name where the file is no C. */
function findSymbol(corpus: Corpus, path: string, lines: Lines, symbol: string): Stretch[] {
  if (path.endsWith('.md')) return headingSections(lines.all(), symbol);
  if (/\/Kconfig[^/]*$/.test(path)) return kconfigEntries(lines.all(), symbol);
  const file = corpus.file(path);
  const definitions = file === undefined ? [] : stretchesOf(corpus, file, lines, symbol);
  return definitions.length > 0 ? definitions : sectionOf(lines.all(), symbol);
}

/** What was found in a corpus before: many facts rest on the same places. */
const known = new WeakMap<Corpus, Map<string, Resolution>>();

/** Resolves tree evidence in a corpus, and compares its fingerprint when it has one. */
export function resolveEvidence(corpus: Corpus, evidence: TreeEvidence): Resolution {
  const places = known.get(corpus) ?? new Map<string, Resolution>();
  known.set(corpus, places);
  const key = JSON.stringify([evidence.path, evidence.symbol, evidence.anchor]);
  const place = places.get(key) ?? findPlace(corpus, evidence);
  places.set(key, place);
  return judge(evidence, place);
}

/** Where evidence stands, whatever its line and fingerprint are said to be. */
function findPlace(corpus: Corpus, evidence: TreeEvidence): Resolution {
  const lines = corpus.lines(evidence.path);
  if (lines === undefined) return { verdict: 'gone', found: 'no such file' };
  const { symbol, anchor } = evidence;
  if (symbol === undefined && anchor === undefined) return { verdict: 'uncheckable' };
  const stretches: readonly Stretch[] =
    symbol === undefined
      ? [{ from: 1, to: lines.count }]
      : findSymbol(corpus, evidence.path, lines, symbol);
  const first = stretches[0];
  if (first === undefined) return { verdict: 'gone', found: `no definition of \`${symbol}\`` };
  if (anchor === undefined) {
    const body = stretches.map((stretch) => lines.cut(stretch)).join('\n');
    return { verdict: 'holds', line: first.from, last: first.to, fingerprint: fingerprint(body) };
  }
  for (const stretch of stretches) {
    const line = lines.find(stretch, wordPattern(anchor));
    if (line === undefined) continue;
    return { verdict: 'holds', line, last: line, fingerprint: fingerprint(lines.at(line)) };
  }
  return { verdict: 'gone', found: `no \`${anchor}\` in ${symbol ?? 'the file'}` };
}

function judge(evidence: TreeEvidence, place: Resolution): Resolution {
  if (place.verdict !== 'holds') return place;
  if (evidence.fingerprint !== undefined && evidence.fingerprint !== place.fingerprint) {
    return { ...place, verdict: 'changed' };
  }
  const moved = evidence.line !== undefined && evidence.line !== place.line;
  return moved ? { ...place, verdict: 'moved' } : place;
}
