/** A thread that reads releases of a repository: a request in, what the tree yields out. */
import { parentPort } from 'node:worker_threads';
import { CReader } from './c-reader.ts';
import { type Corpus, readCorpus, readNextCorpus } from './corpus.ts';
import { Blobs, openGitRelease } from './tree-git.ts';
import type { ReleaseAnswer, ReleaseRequest } from './tree-pool.ts';
import { loadCParser } from './tree-sitter.ts';
import { type TreeYield, yieldOf } from './tree-yield.ts';

/** The release that was read before, and its blobs: half of its files are those of the next one. */
let earlier: Corpus | undefined;
let blobs: Blobs | undefined;

async function answer({ repository, release, only }: ReleaseRequest): Promise<TreeYield> {
  if (blobs?.repository !== repository) blobs = new Blobs(repository);
  const opened = await openGitRelease(repository, release, blobs);
  if (!opened.ok) throw new Error(`${opened.problem.actual} in ${opened.problem.place.path}`);
  earlier = await (earlier === undefined
    ? readCorpus(opened.tree, new CReader(await loadCParser()))
    : readNextCorpus(opened.tree, earlier));
  return yieldOf(earlier, opened.tree, only);
}

parentPort?.on('message', async (request: ReleaseRequest) => {
  const result = await answer(request).then(
    (value): ReleaseAnswer => ({ value }),
    (error: unknown): ReleaseAnswer => ({ error: String(error) }),
  );
  parentPort?.postMessage(result);
});
