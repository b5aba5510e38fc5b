/**
 * Makes the copy of the built site (`dist/`) to read without a network: `dist/xen-emulation-atlas-<release>.zip`, whose
 * pages work from a folder. Exit code 1, and a named problem, when there is no built site.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { offlineName } from '../src/data/offline-copy.ts';
import { readSources } from './markdown/read-sources.ts';
import { classicScript } from './offline/classic-script.ts';
import { offlineFiles } from './offline/offline-files.ts';
import { type Files, pack } from './offline/pack.ts';
import { problem } from './problems/problem.ts';
import { renderProblems } from './problems/report.ts';

/** Every file below a folder, by its path from there. */
function readFolder(folder: string): Files {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path)]),
  );
}

const { positionals } = parseArgs({ allowPositionals: true });
const [site = 'dist'] = positionals;
if (existsSync(join(site, 'index.html'))) {
  const { xen } = await readSources('.');
  const name = offlineName(xen.release);
  const files = await offlineFiles(readFolder(site), (path) => classicScript(join(site, path)));
  const archive = pack(files, name);
  await writeFile(join(site, `${name}.zip`), archive);
  process.stdout.write(`Offline: ${files.size} files, ${archive.length} bytes, ${name}.zip\n`);
} else {
  const found = { actual: 'no pages', expected: 'a built site', repair: 'Run `npm run build`.' };
  process.stderr.write(renderProblems([problem('site-unbuilt', { path: site }, found)], 'text'));
  process.exitCode = 1;
}
