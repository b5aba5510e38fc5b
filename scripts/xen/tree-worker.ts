/** A thread that reads releases of a repository: a request in, what the tree yields out. */
import { parentPort } from 'node:worker_threads';
import { CReader } from './c-reader.ts';
import { readCorpus } from './corpus.ts';
import { openGitRelease } from './tree.ts';
import type { ReleaseAnswer, ReleaseRequest } from './tree-pool.ts';
import { loadCParser } from './tree-sitter.ts';
import { type TreeYield, yieldOf } from './tree-yield.ts';

async function answer({ repository, release, only }: ReleaseRequest): Promise<TreeYield> {
  const opened = await openGitRelease(repository, release);
  if (!opened.ok) throw new Error(`${opened.problem.actual} in ${opened.problem.place.path}`);
  const corpus = await readCorpus(opened.tree, new CReader(await loadCParser()));
  return yieldOf(corpus, opened.tree, only);
}

parentPort?.on('message', async (request: ReleaseRequest) => {
  const result = await answer(request).then(
    (value): ReleaseAnswer => ({ value }),
    (error: unknown): ReleaseAnswer => ({ error: String(error) }),
  );
  parentPort?.postMessage(result);
});
