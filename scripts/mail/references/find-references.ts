import type { TreeNames } from '../../xen/tree-names.ts';
import type { BodyLine } from '../body.ts';
import { ALTERNATIVES, expandAlternatives } from './alternatives.ts';
import { cleanPath, findFiles, findPatchFiles } from './files.ts';
import { blank, type Find, type Found, find } from './found.ts';
import { findCalls, findWords } from './names.ts';
import { findNumbers } from './numbers.ts';

type WithHistory = Omit<Found, 'where'>;

const URL = /\b[a-z][a-z0-9+.-]{1,10}:\/\/[^\s<>"]+/gi;
const ADDRESS = /(?<![^\s<>()"',;:])[^\s<>()"',;:@]+@[^\s<>()"',;:@]+/g;
/** The first line of what `git format-patch` writes, and tags that name people. */
const MAIL_LINE = /^(?:From [0-9a-f]{40} |(?:From|Date|To|Cc|CC|Message-I[dD]): )/;
const STRING = /"(?:[^"\\]|\\.){0,500}"/g;
const HUNK_HEADER = /^@@ [^@]{1,80} @@ ?(.*)$/;

function findAlternatives(text: string): { readonly found: Find[]; readonly rest: string } {
  const found: Find[] = [];
  const rest = text.replace(ALTERNATIVES, (written) => {
    const names = expandAlternatives(written);
    if (names.length < 2) return written;
    const isFile = names.every((name) => cleanPath(name) !== undefined);
    const isName = names.every((name) => /^[A-Za-z_]\w*$/.test(name) && name.includes('_'));
    if (!isFile && !isName) return written;
    const isConstant = names.every((name) => /^[A-Z]/.test(name));
    found.push(find(isFile ? 'file' : isConstant ? 'macro' : 'function', written, names));
    return ' '.repeat(written.length);
  });
  return { found, rest };
}

function findInProse(text: string, names: TreeNames): Find[] {
  const readable = text
    .split('\n')
    .filter((line) => !MAIL_LINE.test(line))
    .join('\n');
  const alternatives = findAlternatives(blank(blank(readable, URL), ADDRESS));
  const files = findFiles(alternatives.rest);
  return [
    ...alternatives.found,
    ...files.found,
    ...findNumbers(files.rest),
    ...findCalls(files.rest, names, false),
    ...findWords(files.rest, names, false),
  ];
}

function findInPatchLine(line: string, names: TreeNames): WithHistory[] {
  if (/^(?:diff --git |--- |\+\+\+ |rename |copy )/.test(line)) {
    return findPatchFiles(line).map((one) => ({ ...one, existed: false }));
  }
  const context = HUNK_HEADER.exec(line)?.[1];
  if (context === undefined && !/^[ +\-\t]/.test(line)) return [];
  const code = (context ?? line.slice(1)).replace(STRING, '""');
  return [...findCalls(code, names, true), ...findWords(code, names, true)].map((one) => ({
    ...one,
    existed: !line.startsWith('+'),
  }));
}

function findInRun(run: readonly BodyLine[], names: TreeNames): WithHistory[] {
  if (run[0]?.inPatch) return run.flatMap((line) => findInPatchLine(line.text, names));
  const text = run.map((line) => line.text).join('\n');
  return findInProse(text, names).map((one) => ({ ...one, existed: false }));
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

/** Each reference once; it existed when one of its lines says so. */
function unique(found: readonly Found[]): Found[] {
  const byKey = new Map<string, Found>();
  for (const one of found) {
    const key = `${one.where} ${one.kind} ${one.written}`;
    const before = byKey.get(key);
    if (before === undefined) byKey.set(key, one);
    else if (one.existed && !before.existed) byKey.set(key, { ...before, existed: true });
  }
  return [...byKey.values()];
}

/** Every reference of a body, in the order of the text, each once for each of own text, quotation and patch. */
export function findReferences(lines: readonly BodyLine[], names: TreeNames): Found[] {
  return unique(
    runsOf(lines).flatMap((run): Found[] => {
      const kind = run[0]?.kind;
      if (kind !== 'own' && kind !== 'quoted' && kind !== 'patch') return [];
      return findInRun(run, names).map((one) => ({ ...one, where: WHERE[kind] }));
    }),
  );
}
