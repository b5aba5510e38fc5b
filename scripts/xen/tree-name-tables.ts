/** The names of trees as tables, each read once in a thread of its own and then taken from a cache. */
import { Worker } from 'node:worker_threads';
import type { NameTable } from './name-table.ts';
import type { Tree } from './tree.ts';
import { cacheKey, readCached, writeCached } from './tree-cache.ts';

/** A work tree, or a release of a repository. */
export type NamesRequest =
  | { readonly root: string }
  | { readonly repository: string; readonly release: string };

/** MB that the values of the reading thread may take. */
const LIMITS = { maxOldGenerationSizeMb: 512 } as const;

/** A table as it is kept: plain JSON. */
interface PackedTable {
  readonly release: string;
  readonly paths: readonly string[];
  readonly functions: readonly (readonly [string, string | null])[];
  readonly others: readonly (readonly [string, string | null])[];
}

function readInThread(request: NamesRequest): Promise<NameTable> {
  return new Promise((resolve, reject) => {
    const url = new URL('./tree-names-worker.ts', import.meta.url);
    const worker = new Worker(url, { workerData: request, resourceLimits: LIMITS });
    worker.once('message', (table: NameTable) => {
      resolve(table);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}

/** The names of a tree. `cache` is the folder in which tables are kept; about 4 s when it is not there yet. */
export async function readNameTable(
  project: string,
  cache: string,
  tree: Tree,
  request: NamesRequest,
): Promise<NameTable> {
  const key = await cacheKey(project, [tree], ['names']);
  const known = (await readCached(cache, key)) as PackedTable | undefined;
  if (known !== undefined) {
    return { ...known, functions: new Map(known.functions), others: new Map(known.others) };
  }
  const table = await readInThread(request);
  const { functions, others, ...rest } = table;
  const packed: PackedTable = { ...rest, functions: [...functions], others: [...others] };
  await writeCached(cache, key, packed);
  return table;
}
