/** A thread that reads the names of one tree, and ends; what a parser takes in memory goes with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { CReader } from './c-reader.ts';
import { readCorpus } from './corpus.ts';
import { nameTable } from './name-table.ts';
import { openWorkTree } from './tree.ts';
import { openGitRelease } from './tree-git.ts';
import { indexTree } from './tree-index.ts';
import type { NamesRequest } from './tree-name-tables.ts';
import { loadCParser } from './tree-sitter.ts';

const request = workerData as NamesRequest;
const opened =
  'root' in request
    ? await openWorkTree(request.root)
    : await openGitRelease(request.repository, request.release);
if (!opened.ok) throw new Error(`${opened.problem.actual} in ${opened.problem.place.path}`);
const corpus = await readCorpus(opened.tree, new CReader(await loadCParser()));
parentPort?.postMessage(nameTable(indexTree(opened.tree, corpus)));
