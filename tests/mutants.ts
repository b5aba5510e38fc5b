/**
 * Mutants of a tree: for each declared construct, what a newer release could do to it. A mutant is the texts of the
 * whole tree with one construct changed.
 */
import { dirname, extname } from 'node:path';
import { type Construct, type Found, locate } from '../scripts/xen/construct.ts';
import type { Corpus } from '../scripts/xen/corpus.ts';

export type Mutation = 'rename' | 'delete' | 'empty' | 'move' | 'duplicate';

export interface Mutant {
  readonly construct: string;
  readonly mutation: Mutation;
  readonly texts: ReadonlyMap<string, string>;
  /** The new name after a rename. */
  readonly renamed: { readonly from: string; readonly to: string } | null;
}

/** A stretch of a file that is the construct, or one of its definitions, lines or calls. */
interface Piece {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

function lineOffsets(text: string): number[] {
  const offsets = [0];
  for (const line of text.split('\n')) offsets.push((offsets.at(-1) ?? 0) + line.length + 1);
  return offsets;
}

function matchingLines({ candidate, path, text }: Found): Piece[] {
  const pattern = candidate.pattern ?? new RegExp(`\\b${candidate.name}\\b`);
  const offsets = lineOffsets(text);
  return text
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line)
        ? [{ path, start: offsets[index] ?? 0, end: (offsets[index] ?? 0) + line.length }]
        : [],
    );
}

function piecesOf(corpus: Corpus, found: Found): Piece[] {
  const { candidate, files } = found;
  if (candidate.kind === 'lines') return matchingLines(found);
  return files.flatMap((file) => {
    const { path, text } = file;
    if (candidate.kind === 'function') {
      const own = file.functions.filter(({ name }) => name === candidate.name);
      return own.map(({ start, end }) => ({ path, start, end }));
    }
    if (candidate.kind === 'macro') {
      const offsets = lineOffsets(text);
      const own = file.macros.filter(({ name }) => name === candidate.name);
      return own.map(({ line, endLine }) => ({
        path,
        start: offsets[line - 1] ?? 0,
        end: (offsets[endLine] ?? text.length + 1) - 1,
      }));
    }
    return corpus.reader.visitCalls(file, new Set([candidate.name]), (call) => ({
      path,
      start: call.startIndex,
      end: call.endIndex,
    }));
  });
}

/** The build option under which a twin of a construct stands. */
export const TWIN = 'CONFIG_ATLAS_TWIN';

type Replace = (piece: string) => string;

/** The texts with every piece replaced; pieces of one file do not overlap. */
function replacePieces(corpus: Corpus, pieces: readonly Piece[], replace: Replace) {
  const texts = new Map(corpus.texts);
  for (const { path, start, end } of [...pieces].sort((a, b) => b.start - a.start)) {
    const text = texts.get(path) ?? '';
    texts.set(path, text.slice(0, start) + replace(text.slice(start, end)) + text.slice(end));
  }
  return texts;
}

/** A function without statements, a macro without a body, a call or a line that is not there. */
function emptied(kind: Found['candidate']['kind'], piece: string): string {
  if (kind === 'function') return `${piece.slice(0, piece.indexOf('{'))}{\n}`;
  if (kind === 'macro') return /^\s*#\s*define\s+\w+(?:\([^)]*\))?/.exec(piece)?.[0] ?? '';
  return kind === 'calls' ? '0' : '';
}

/** Another file of the same folder and kind, the first that is there. */
function sibling(corpus: Corpus, path: string): string {
  const like = [...corpus.texts.keys()]
    .filter((other) => dirname(other) === dirname(path) && extname(other) === extname(path))
    .sort()
    .find((other) => other !== path);
  return like ?? `${dirname(path)}/moved${extname(path)}`;
}

function moved(corpus: Corpus, pieces: readonly Piece[]): ReadonlyMap<string, string> {
  const texts = replacePieces(corpus, pieces, () => '');
  for (const { path, start, end } of pieces) {
    const to = sibling(corpus, path);
    const piece = corpus.texts.get(path)?.slice(start, end) ?? '';
    texts.set(to, `${texts.get(to) ?? ''}\n${piece}\n`);
  }
  return texts;
}

function renamedEverywhere(corpus: Corpus, from: string, to: string): ReadonlyMap<string, string> {
  const word = new RegExp(`(?<!\\w)${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'g');
  return new Map(
    [...corpus.texts].map(([path, text]) => [
      path,
      text.includes(from) ? text.replace(word, to) : text,
    ]),
  );
}

/** The mutants of one construct; none when the tree of this release does not have it. */
export function mutantsOf(corpus: Corpus, construct: Construct): Mutant[] {
  const result = locate(corpus, construct);
  if (!('found' in result)) return [];
  const { found } = result;
  const { kind, name } = found.candidate;
  const pieces = piecesOf(corpus, found);
  const to = `${name.replace(/\W+$/, '')}_renamed${/\W+$/.exec(name)?.[0] ?? ''}`;
  const twin = (piece: string) =>
    `\n#ifdef ${TWIN}\n${kind === 'lines' ? piece : emptied(kind, piece)}\n#else\n${piece}\n#endif\n`;
  const mutant = (mutation: Mutation, texts: ReadonlyMap<string, string>): Mutant => ({
    construct: construct.id,
    mutation,
    texts,
    renamed: mutation === 'rename' ? { from: name, to } : null,
  });
  const always = [
    mutant('rename', renamedEverywhere(corpus, name, to)),
    mutant(
      'delete',
      replacePieces(corpus, pieces, () => (kind === 'calls' ? '0' : '')),
    ),
  ];
  if (kind === 'calls') return always;
  return [
    ...always,
    ...(kind === 'lines'
      ? [mutant('empty', new Map([...corpus.texts, [found.path, '']]))]
      : [
          mutant(
            'empty',
            replacePieces(corpus, pieces, (piece) => emptied(kind, piece)),
          ),
        ]),
    mutant('move', moved(corpus, pieces)),
    mutant('duplicate', replacePieces(corpus, pieces, twin)),
  ];
}
