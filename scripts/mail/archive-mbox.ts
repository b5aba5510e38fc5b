import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Place, problem } from '../problems/problem.ts';
import { MAX_MESSAGE, START } from './archive-limits.ts';
import type { ArchiveItem } from './mail.ts';
import { createMboxSplitter, type MboxMessage } from './mbox.ts';

/** Bytes that a compressed archive may become for each byte that it has; more is a bomb. */
const MAX_RATIO = 200;
const GZIP = Buffer.from([0x1f, 0x8b]);

export function isGzip(start: Buffer): boolean {
  return start.subarray(0, 2).equals(GZIP);
}

/** The first bytes of a file. */
export async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export function tooLarge(place: Place, size: number): ArchiveItem {
  const expected = `a message of at most ${MAX_MESSAGE} bytes`;
  const words = { actual: `a message of ${size} bytes`, expected };
  return { kind: 'problem', problem: problem('mail-unreadable', place, words) };
}

/** What comes out of a compressed stream; throws when it is damaged, or grows beyond all measure. */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [read, made] = [0, 0];
  const counted = async function* () {
    for await (const chunk of chunks) {
      read += chunk.length;
      yield chunk;
    }
  };
  const unpacker = createGunzip();
  const done = pipeline(Readable.from(counted()), unpacker);
  // The loop below throws the same error.
  done.catch(() => undefined);
  for await (const chunk of unpacker) {
    made += chunk.length;
    if (made > MAX_MESSAGE && made > read * MAX_RATIO) {
      unpacker.destroy();
      throw new Error(`${made} bytes out of ${read}`);
    }
    yield Buffer.from(chunk);
  }
}

/** The messages of an mbox that comes in pieces. A message is named by its number. */
export async function* splitMbox(
  chunks: AsyncIterable<Buffer>,
  path: string,
): AsyncGenerator<ArchiveItem> {
  const splitter = createMboxSplitter(MAX_MESSAGE);
  let count = 0;
  const item = ({ bytes, size }: MboxMessage): ArchiveItem => {
    count += 1;
    const place = { path: `${path}#${count}` };
    return size > MAX_MESSAGE ? tooLarge(place, size) : { kind: 'message', bytes, place };
  };
  for await (const chunk of chunks) for (const one of splitter.push(chunk)) yield item(one);
  for (const one of splitter.end()) yield item(one);
}

/** The bytes of a file, unpacked when they are compressed. */
export async function* readFilePieces(path: string, start: Buffer): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1024 * 1024 });
  yield* isGzip(start) ? gunzip(stream) : stream;
}
