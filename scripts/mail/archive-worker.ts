/** A thread that reads messages: things of an archive in, what they say out. */
import { parentPort } from 'node:worker_threads';
import type { Batch, BatchAnswer, RenderAnswer, RenderBatch } from './archive-pool.ts';
import { writeDigests } from './archive-store.ts';
import { digestItem } from './digest.ts';
import type { ArchiveItem } from './mail.ts';
import { renderThread } from './render-thread.ts';
import { createScanner } from './scan.ts';

/** Bytes come out of another thread as an array of bytes, which is no buffer any more. */
function received(item: ArchiveItem): ArchiveItem {
  if (item.kind === 'problem') return item;
  const { buffer, byteOffset, byteLength } = item.bytes;
  return { ...item, bytes: Buffer.from(buffer, byteOffset, byteLength) };
}

async function answer(request: Batch | RenderBatch): Promise<BatchAnswer | RenderAnswer> {
  if ('threads' in request) return { files: request.threads.map(renderThread) };
  const { items, list, symbols, target } = request;
  if (symbols !== undefined) {
    const scan = createScanner(symbols);
    return { scans: items.map((item) => scan(received(item))) };
  }
  const digested = [];
  for (const item of items) digested.push(await digestItem(received(item), list));
  return target === undefined ? { digested } : { written: await writeDigests(target, digested) };
}

parentPort?.on('message', async (request: Batch | RenderBatch) =>
  parentPort?.postMessage(await answer(request)),
);
