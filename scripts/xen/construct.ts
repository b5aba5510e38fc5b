/**
 * Declared constructs: what an extractor needs of the source, where each release keeps it, and how many facts it must
 * yield. A construct that no candidate finds is a problem that says what was tried; empty is never a value.
 */
import { isInSpan, type Span } from '../../src/model/release.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { CFile } from './c-file.ts';
import type { Corpus } from './corpus.ts';
import { pathIn } from './moves.ts';

/** `until`: the first release in which the candidate is not to be expected any more. */
export interface Candidate extends Span {
  /** A file, or a folder that ends in `/`; what moved as it is (`moves.ts`) is named at its newest place. */
  readonly in: string;
  /** `function` and `macro` are definitions; `lines` a pattern in the text; `calls` a function that is called. */
  readonly kind: 'function' | 'macro' | 'lines' | 'calls';
  readonly name: string;
  /** For `lines`: what a line must match; the default is the name as a word. */
  readonly pattern?: RegExp;
  /** In place of the minimum of the construct, where a release keeps it in fewer pieces. */
  readonly minimum?: number;
}

/** `since`: the first release that has it; every release has one without. */
export interface Construct extends Span {
  readonly id: string;
  /** What it is, for the message. */
  readonly what: string;
  /** The least number of definitions that are not empty, of lines or of calls. */
  readonly minimum: number;
  readonly candidates: readonly Candidate[];
}

export interface Found {
  readonly construct: Construct;
  readonly candidate: Candidate;
  readonly files: readonly CFile[];
  readonly text: string;
  readonly path: string;
}

function leastOf(construct: Construct, candidate: Candidate): number {
  return candidate.minimum ?? construct.minimum;
}

interface Attempt {
  readonly files: readonly CFile[];
  readonly path: string;
  readonly text: string;
  readonly count: number;
  readonly why: string;
}

function filesOf(corpus: Corpus, candidate: Candidate): CFile[] {
  if (candidate.in.endsWith('/')) return corpus.filesWith(candidate.in, [candidate.name]);
  const file = corpus.file(candidate.in);
  return file === undefined ? [] : [file];
}

function countIn(corpus: Corpus, file: CFile, { kind, name }: Candidate): number {
  if (kind === 'function') {
    return file.functions.filter((f) => f.name === name && !f.isEmpty).length;
  }
  if (kind === 'macro') return file.macros.filter((m) => m.name === name && m.body !== '').length;
  return corpus.reader.visitCalls(file, new Set([name]), () => 1).length;
}

function attempt(corpus: Corpus, candidate: Candidate): Attempt {
  const text = corpus.texts.get(candidate.in) ?? '';
  if (!candidate.in.endsWith('/') && !corpus.texts.has(candidate.in)) {
    return { files: [], path: candidate.in, text, count: 0, why: 'no such file' };
  }
  if (candidate.kind === 'lines') {
    const pattern = candidate.pattern ?? new RegExp(`\\b${candidate.name}\\b`);
    const count = text.split('\n').filter((line) => pattern.test(line)).length;
    return { files: [], path: candidate.in, text, count, why: `${count} matching lines` };
  }
  const searched = filesOf(corpus, candidate);
  const files = searched.filter((file) => countIn(corpus, file, candidate) > 0);
  const count = files.reduce((sum, file) => sum + countIn(corpus, file, candidate), 0);
  const noun = candidate.kind === 'calls' ? 'calls' : 'definitions';
  const isEmpty = count === 0 && searched.some((file) => isDefined(file, candidate));
  const why = isEmpty ? 'only definitions that are empty' : `${count} ${noun}`;
  return { files, path: files[0]?.path ?? candidate.in, text, count, why };
}

function isDefined({ functions, macros }: CFile, { name }: Candidate): boolean {
  return [...functions, ...macros].some((definition) => definition.name === name);
}

/** Where a name stands in the tree, for the message about a construct that moved. */
function whereNow(corpus: Corpus, name: string): string {
  const word = new RegExp(`\\b${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`);
  const paths = [...corpus.texts]
    .filter(([, text]) => word.test(text))
    .map(([path]) => path)
    .sort();
  if (paths.length === 0) return `\`${name}\` stands nowhere in ${corpus.label}`;
  const more = paths.length > 3 ? ` and ${paths.length - 3} more files` : '';
  return `\`${name}\` now stands in ${paths.slice(0, 3).join(', ')}${more}`;
}

/** Finds a construct by its candidates for the release of the corpus, or says what was tried. */
export function locate(
  corpus: Corpus,
  construct: Construct,
): { readonly found: Found } | { readonly problem: Problem } {
  const candidates = construct.candidates
    .filter((c) => isInSpan(c, corpus.release))
    .map((c) => ({ ...c, in: pathIn(c.in, corpus.release) }));
  const attempts = candidates.map((candidate) => ({ candidate, ...attempt(corpus, candidate) }));
  const best = attempts.find(({ candidate, count }) => count >= leastOf(construct, candidate));
  if (best !== undefined) return { found: { construct, ...best } };
  const most = attempts.reduce((max, { count }) => Math.max(max, count), 0);
  const first = candidates[0] ?? construct.candidates[0];
  return {
    problem: problem(
      most === 0 ? 'construct-missing' : 'count-low',
      { path: first?.in ?? corpus.label },
      {
        actual: `${most} of \`${construct.id}\` (${construct.what}) in ${corpus.label}`,
        expected: `at least ${first === undefined ? construct.minimum : leastOf(construct, first)}`,
        details: [
          ...attempts.map(
            ({ candidate, why }) =>
              `tried ${candidate.kind} \`${candidate.name}\` in ${candidate.in}: ${why}`,
          ),
          ...[...new Set(candidates.map(({ name }) => name))].map((name) => whereNow(corpus, name)),
        ],
        repair: `Add where ${corpus.label} keeps it to the candidates of \`${construct.id}\`; nothing was written.`,
      },
    ),
  };
}

/** The constructs that a release is to have; the others are declared as later ones, or as gone. */
export function constructsOf(
  constructs: Readonly<Record<string, Construct>>,
  release: string,
): Readonly<Record<string, Construct>> {
  return Object.fromEntries(
    Object.entries(constructs).filter(([, construct]) => isInSpan(construct, release)),
  );
}

/** Finds every construct, or collects a problem for each one that is missing. */
export function locateAll<I extends string>(
  corpus: Corpus,
  constructs: Readonly<Record<I, Construct>>,
): { readonly found: Readonly<Record<I, Found>> | null; readonly problems: readonly Problem[] } {
  const found: Partial<Record<I, Found>> = {};
  const problems: Problem[] = [];
  for (const id of Object.keys(constructs) as I[]) {
    const result = locate(corpus, constructs[id]);
    if ('found' in result) found[id] = result.found;
    else problems.push(result.problem);
  }
  return { found: problems.length > 0 ? null : (found as Record<I, Found>), problems };
}
