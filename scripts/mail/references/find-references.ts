import type { BodyLine } from '../body.ts';
import { ALTERNATIVES, expandAlternatives } from './alternatives.ts';
import { cleanPath, findFiles, findPatchFiles } from './files.ts';
import { blank, type Find, type Found } from './found.ts';
import { findCalls, findWords } from './names.ts';
import { findNumbers } from './numbers.ts';
import { uniqueFound } from './settle.ts';

type WithHistory = Omit<Found, 'where'>;

const URL = /\b[a-z][a-z0-9+.-]{1,10}:\/\/[^\s<>"]+/gi;
const ADDRESS = /(?<![^\s<>()"',;:])[^\s<>()"',;:@]+@[^\s<>()"',;:@]+/g;
/** The first line of what `git format-patch` writes, and tags that name people. */
const MAIL_LINE = /^(?:From [0-9a-f]{40} |(?:From|Date|To|Cc|CC|Message-I[dD]): )/;
const STRING = /"(?:[^"\\]|\\.){0,500}"/g;
const HUNK_HEADER = /^@@ [^@]{1,80} @@ ?(.*)$/;

function findAlternatives(text: string): { readonly found: Find[]; readonly rest: string } {
  const found: Find[] = [];
  if (!text.includes('{') && !text.includes('.[')) return { found, rest: text };
  const rest = text.replace(ALTERNATIVES, (written) => {
    const names = expandAlternatives(written);
    if (names.length < 2) return written;
    const isFile = names.every((name) => cleanPath(name) !== undefined);
    const isName = names.every((name) => /^[A-Za-z_]\w*$/.test(name) && name.includes('_'));
    if (!isFile && !isName) return written;
    const isConstant = names.every((name) => /^[A-Z]/.test(name));
    found.push({ kind: isFile ? 'file' : isConstant ? 'macro' : 'function', written, names });
    return ' '.repeat(written.length);
  });
  return { found, rest };
}

function findInProse(text: string): Find[] {
  const readable = text
    .split('\n')
    .filter((line) => !MAIL_LINE.test(line))
    .join('\n');
  const withoutUrls = readable.includes('://') ? blank(readable, URL) : readable;
  const alternatives = findAlternatives(
    withoutUrls.includes('@') ? blank(withoutUrls, ADDRESS) : withoutUrls,
  );
  const files = findFiles(alternatives.rest);
  return [
    ...alternatives.found,
    ...files.found,
    ...findNumbers(files.rest),
    ...findCalls(files.rest, false),
    ...findWords(files.rest, false),
  ];
}

function findInPatchLine(line: string): WithHistory[] {
  if (/^(?:diff --git |--- |\+\+\+ |rename |copy )/.test(line)) {
    return findPatchFiles(line);
  }
  const context = HUNK_HEADER.exec(line)?.[1];
  if (context === undefined && !/^[ +\-\t]/.test(line)) return [];
  const whole = context ?? line.slice(1);
  const code = whole.includes('"') ? whole.replace(STRING, '""') : whole;
  const found = [...findCalls(code, true), ...findWords(code, true)];
  return line.startsWith('+') ? found : found.map((one) => ({ ...one, existed: true }));
}

function findInRun(run: readonly BodyLine[]): WithHistory[] {
  if (run[0]?.inPatch) return run.flatMap((line) => findInPatchLine(line.text));
  const text = run.map((line) => line.text).join('\n');
  return findInProse(text);
}

const WHERE = { own: 'own', quoted: 'quoted', patch: 'diff' } as const;

/** Runs of lines of the same class, so that a pattern may look across the end of a line. */
function runsOf(lines: readonly BodyLine[]): readonly BodyLine[][] {
  const runs: BodyLine[][] = [];
  for (const line of lines) {
    const open = runs.at(-1);
    const last = open?.[0];
    const joins =
      last?.kind === line.kind && last.depth === line.depth && last.inPatch === line.inPatch;
    if (open !== undefined && joins) open.push(line);
    else runs.push([line]);
  }
  return runs;
}

/** Every reference of a body, in the order of the text, each once for each of own text, quotation and patch. */
export function findReferences(lines: readonly BodyLine[]): Found[] {
  return uniqueFound(
    runsOf(lines).flatMap((run): Found[] => {
      const kind = run[0]?.kind;
      if (kind !== 'own' && kind !== 'quoted' && kind !== 'patch') return [];
      return findInRun(run).map((one) => ({ ...one, where: WHERE[kind] }));
    }),
  );
}
