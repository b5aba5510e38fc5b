/**
 * Builds the full-text index over the built site (`dist/`), with the parts of Pagefind that the search page uses.
 * Exit code 1, and a named problem, when nothing could be indexed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { close, createIndex } from 'pagefind';
import { type Problem, problem } from './problems/problem.ts';
import { renderProblems } from './problems/report.ts';

/** Pagefind's own user interfaces; the site has one of its own. */
const UNUSED = /^pagefind-(ui|modular-ui|component-ui|highlight)\./;

/** Marks beside the text that would stick to its words in an excerpt. */
const UNREAD = ['.evidence-mark', '.visually-hidden'] as const;

interface Built {
  readonly pages: number;
  readonly problems: readonly Problem[];
}

function failed(site: string, actual: string): Built {
  const place = { path: site };
  const expected = 'a built site whose pages can be indexed';
  return {
    pages: 0,
    problems: [
      problem('search-unbuilt', place, { actual, expected, repair: 'Run `npm run build`.' }),
    ],
  };
}

/** Indexes every page below `site` that has a `data-pagefind-body`, and writes `site/pagefind/`. */
async function buildSearch(site: string): Promise<Built> {
  const { index, errors } = await createIndex({ excludeSelectors: [...UNREAD] });
  if (index === undefined)
    return failed(site, `a Pagefind that does not start (${errors.join('; ')})`);
  const indexed = await index.addDirectory({ path: site });
  if (indexed.errors.length > 0)
    return failed(site, `an error of Pagefind (${indexed.errors.join('; ')})`);
  const { files, errors: unwritten } = await index.getFiles();
  if (unwritten.length > 0) return failed(site, `an error of Pagefind (${unwritten.join('; ')})`);
  const fragments = files.filter(({ path }) => path.endsWith('.pf_fragment')).length;
  if (fragments === 0) return failed(site, 'no page in the search index');
  const folder = join(site, 'pagefind');
  await rm(folder, { recursive: true, force: true });
  for (const { path, content } of files.filter((file) => !UNUSED.test(file.path))) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return { pages: fragments, problems: [] };
}

const { positionals } = parseArgs({ allowPositionals: true });
const [site = 'dist'] = positionals;
try {
  const { pages, problems } = await buildSearch(site);
  if (problems.length > 0) {
    process.stderr.write(renderProblems(problems, 'text'));
    process.exitCode = 1;
  } else {
    process.stdout.write(`Search: ${pages} pages indexed\n`);
  }
} finally {
  await close();
}
