/**
 * How long the index of names takes, against universal-ctags over the same files in the same run, and which functions
 * one of the two does not find. Times are of the wall; both read from memory or a warm cache, on one core.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTextFile } from '../scripts/markdown/content-files.ts';
import { readSources } from '../scripts/markdown/read-sources.ts';
import { CReader } from '../scripts/xen/c-reader.ts';
import { Corpus, readCorpus } from '../scripts/xen/corpus.ts';
import { indexTree } from '../scripts/xen/tree-index.ts';
import { loadCParser } from '../scripts/xen/tree-sitter.ts';
import { findTree } from '../scripts/xen/tree-source.ts';
import { ROOT } from './usage.ts';

const RUNS = 3;

interface Measured<T> {
  readonly seconds: number;
  readonly value: T;
}

/** The best of a few runs: the one that the machine disturbed least. */
function best<T>(run: () => T): Measured<T> {
  const runs = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const value = run();
    return { seconds: (performance.now() - start) / 1000, value };
  });
  return runs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function openCorpus() {
  const { values } = parseArgs({
    options: { tree: { type: 'string' }, git: { type: 'string' }, release: { type: 'string' } },
  });
  const sources = await readSources(ROOT);
  const found = await findTree(values, {
    environment: process.env['XEN_TREE'],
    cache: resolve(ROOT, '.cache/xen'),
    pinnedRelease: sources.xen.release,
  });
  if (!found.ok) {
    const { actual, expected } = found.problem;
    throw new Error(`Unexpected ${actual}, expected ${expected}`);
  }
  const reader = new CReader(await loadCParser());
  const read = await readCorpus(found.tree, reader);
  const texts = new Map([...read.texts].filter(([path]) => /\.[ch]$/.test(path)));
  return { tree: found.tree, texts, reader };
}

/** Functions by `path name`, as universal-ctags finds them in a folder; null when it is not installed. */
function ctagsFunctions(folder: string): ReadonlySet<string> | null {
  try {
    const version = execFileSync('ctags', ['--version'], { encoding: 'utf8' });
    if (!version.startsWith('Universal Ctags')) return null;
  } catch {
    return null;
  }
  const options = [
    '-R',
    '-x',
    '--languages=C',
    '--langmap=C:.c.h',
    '--kinds-C=f',
    '--_xformat=%F\t%N',
  ];
  const output = execFileSync('ctags', [...options, '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return new Set(output.split('\n').flatMap((line) => (line === '' ? [] : line.replace('./', ''))));
}

function missing(from: ReadonlySet<string>, among: ReadonlySet<string>): string {
  const names = [...among].filter((name) => !from.has(name)).sort();
  const some = names.slice(0, 5).map((name) => name.replace('\t', ' · '));
  return `${names.length}${names.length === 0 ? '' : `, such as ${some.join('; ')}`}`;
}

const { tree, texts, reader } = await openCorpus();
const bytes = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
say(`${tree.label}: ${texts.size} C files, ${(bytes / 1e6).toFixed(1)} MB, best of ${RUNS} runs`);

const atlas = best(() => indexTree(tree, new Corpus(tree, texts, reader)));
const own = new Set(
  [...atlas.value.symbols].flatMap(([name, definitions]) =>
    definitions.filter(({ kind }) => kind === 'function').map(({ path }) => `${path}\t${name}`),
  ),
);
say(
  `Atlas: ${atlas.seconds.toFixed(2)} s, ${atlas.value.symbols.size} names, ${own.size} functions`,
);

const folder = mkdtempSync(`${tmpdir()}/atlas-bench-`);
try {
  for (const [path, text] of texts) await writeTextFile(folder, { path, text });
  const peer = best(() => ctagsFunctions(folder));
  if (peer.value === null) {
    say('universal-ctags is not installed (Debian: apt-get install universal-ctags): no ratio.');
  } else {
    say(`universal-ctags: ${peer.seconds.toFixed(2)} s, ${peer.value.size} functions`);
    say(`Ratio of the times: ${(atlas.seconds / peer.seconds).toFixed(1)}`);
    say(`Only universal-ctags finds ${missing(own, peer.value)}`);
    say(`Only the Atlas finds ${missing(peer.value, own)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
