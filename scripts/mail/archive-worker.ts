/**
 * A thread that reads messages: things of an archive in, what they say out. It loads what a list needs when it needs it:
 * what a thread holds for nothing, its collector goes over again and again.
 */
import { parentPort } from 'node:worker_threads';
import { readTextFile } from '../markdown/content-files.ts';
import type { Problem } from '../problems/problem.ts';
import {
  type BatchAnswer,
  type PackedBatch,
  type PublishedBatch,
  type RenderAnswer,
  type RenderBatch,
  unpackBatch,
} from './archive-batch.ts';
import { writeDigests } from './archive-store.ts';
import { digestItem } from './digest.ts';
import type { Published, PublishedThread } from './published-text.ts';
import { createScanner } from './scan.ts';

async function answerBatch(batch: PackedBatch): Promise<BatchAnswer> {
  const { list, sought, target } = batch;
  const items = unpackBatch(batch);
  if (sought !== undefined) return { scans: items.map(createScanner(sought)) };
  const digested = [];
  for (const item of items) digested.push(await digestItem(item, list));
  return target === undefined ? { digested } : { written: await writeDigests(target, digested) };
}

async function readPublished({ content, paths }: PublishedBatch): Promise<Published> {
  const { parsePublishedHeads } = await import('./published-text.ts');
  const threads: PublishedThread[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const read = parsePublishedHeads({ path, text: (await readTextFile(content, path)) ?? '' });
    if (read.ok) threads.push(read.value);
    else problems.push(...read.problems);
  }
  return { threads, problems };
}

type Request = PackedBatch | RenderBatch | PublishedBatch;

async function answer(request: Request): Promise<BatchAnswer | RenderAnswer | Published> {
  if ('paths' in request) return readPublished(request);
  if ('threads' in request) {
    const { renderThread } = await import('./render-thread.ts');
    return { files: request.threads.map(renderThread) };
  }
  const result = await answerBatch(request);
  // The bytes are given back at once: what lies outside of the heap would wait long for the collector.
  request.bytes.transfer(0);
  return result;
}

parentPort?.on('message', async (request: Request) =>
  parentPort?.postMessage(await answer(request)),
);
