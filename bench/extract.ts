/**
 * What the extraction of one release costs, cold and from the cache, against universal-ctags and cat over the same files
 * in the same run. CPU is user and system time of the whole process, its start included.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTextFile } from '../scripts/markdown/content-files.ts';
import { readSources } from '../scripts/markdown/read-sources.ts';
import { isSource } from '../scripts/xen/tree-paths.ts';
import { findTree } from '../scripts/xen/tree-source.ts';
import { best, extract, ROOT, renderUsage, timed, type Usage } from './usage.ts';

const { values } = parseArgs({
  options: { tree: { type: 'string' }, git: { type: 'string' }, release: { type: 'string' } },
});
const { xen } = await readSources(ROOT);
const found = await findTree(values, {
  environment: process.env['XEN_TREE'],
  cache: resolve(ROOT, '.cache/xen'),
  pinnedRelease: xen.release,
});
if (!found.ok) throw new Error(`${found.problem.actual}, expected ${found.problem.expected}`);
const { tree } = found;
const texts = await tree.read(tree.paths.filter(isSource));
const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
try {
  const content = join(folder, 'content');
  const sources = join(folder, 'sources');
  for (const [path, text] of texts) await writeTextFile(sources, { path, text });
  const paths = [...texts.keys()];
  writeFileSync(join(folder, 'all'), paths.join('\n'));
  writeFileSync(join(folder, 'c'), paths.filter((path) => /\.[ch]$/.test(path)).join('\n'));
  const from = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const args = [...from, '--content', content];
  const cold = best(() => extract([...args, '--no-cache']));
  extract(args);
  const rows: [string, Usage][] = [
    ['cat', best(() => timed('xargs -d "\\n" cat < ../all', sources))],
    [
      'universal-ctags',
      best(() => timed('ctags -f - --languages=C --langmap=C:.c.h -L ../c', sources)),
    ],
    ['extract, cold', cold],
    ['extract, warm', best(() => extract([...args, '--check']))],
  ];
  const megabytes = [...texts.values()].reduce((sum, text) => sum + text.length, 0) / 1e6;
  const peer = rows.find(([name]) => name === 'universal-ctags')?.[1].cpu ?? 0;
  process.stdout.write(
    `${tree.label}: ${texts.size} files, ${megabytes.toFixed(1)} MB, best of 3 runs\n` +
      `${renderUsage(rows)}\nCPU of a cold run against universal-ctags: ${(cold.cpu / peer).toFixed(1)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
