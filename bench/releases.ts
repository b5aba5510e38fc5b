/**
 * What it costs to read all releases of `content/sources.yml` from a clone: cold and from the cache, against cat over the
 * sources of the newest one as often as there are releases.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTextFile } from '../scripts/markdown/content-files.ts';
import { readSources } from '../scripts/markdown/read-sources.ts';
import { isSource } from '../scripts/xen/tree-paths.ts';
import { findTree } from '../scripts/xen/tree-source.ts';
import { best, extract, ROOT, renderUsage, timed } from './usage.ts';

const { values } = parseArgs({ options: { git: { type: 'string' } } });
if (values.git === undefined) throw new Error('--git REPOSITORY names a clone of Xen');
const { xen } = await readSources(ROOT);
const found = await findTree(
  { git: values.git, release: xen.release },
  { environment: undefined, cache: resolve(ROOT, '.cache/xen'), pinnedRelease: xen.release },
);
if (!found.ok) throw new Error(`${found.problem.actual}, expected ${found.problem.expected}`);
const texts = await found.tree.read(found.tree.paths.filter(isSource));
const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
try {
  for (const [path, text] of texts) await writeTextFile(join(folder, 'sources'), { path, text });
  const paths = xen.releases.flatMap(() => [...texts.keys()]);
  writeFileSync(join(folder, 'all'), paths.join('\n'));
  const args = ['--git', values.git, '--content', join(folder, 'content')];
  const cold = best(() => extract([...args, '--no-cache']), 1);
  extract(args);
  const warm = best(() => extract([...args, '--check']));
  const cat = best(() => timed('xargs -d "\\n" cat < ../all', join(folder, 'sources')));
  process.stdout.write(
    `${xen.releases.length} releases, ${xen.releases[0]} to ${xen.release}\n${renderUsage([
      ['cat', cat],
      ['extract, cold, two threads', cold],
      ['extract, warm', warm],
    ])}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
