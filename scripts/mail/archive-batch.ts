/** What goes to a thread that reads messages, and what comes back. */
import type { Thread } from '../../src/schema/thread.ts';
import type { TextFile } from '../markdown/content-files.ts';
import type { Place } from '../problems/problem.ts';
import type { TargetFile, Written } from './archive-store.ts';
import type { Digested } from './digest.ts';
import type { ArchiveItem } from './mail.ts';
import type { Scan, Sought } from './scan.ts';

/** Things of an archive that are read together. `sought` is there when they are only looked over for a selection. */
export interface Batch {
  readonly items: readonly ArchiveItem[];
  readonly list: string;
  readonly sought?: Sought;
  /** The file for what they say; without one it comes back. */
  readonly target?: TargetFile;
}

/** A batch on its way to a thread: all bytes in one piece, which is handed over and not copied. */
export interface PackedBatch extends Omit<Batch, 'items'> {
  readonly items: readonly PackedItem[];
  readonly bytes: ArrayBuffer;
}

type PackedItem =
  | Extract<ArchiveItem, { readonly kind: 'problem' }>
  | {
      readonly kind: Exclude<ArchiveItem['kind'], 'problem'>;
      readonly place: Place;
      readonly start: number;
      readonly length: number;
    };

/** Puts all bytes of a batch in one piece. */
export function packBatch({ items, ...rest }: Batch): PackedBatch {
  const whole = new Uint8Array(items.reduce((sum, item) => sum + bytesOf(item), 0));
  let start = 0;
  const packed = items.map((item): PackedItem => {
    if (item.kind === 'problem') return item;
    const { kind, place, bytes } = item;
    whole.set(bytes, start);
    start += bytes.length;
    return { kind, place, start: start - bytes.length, length: bytes.length };
  });
  return { ...rest, items: packed, bytes: whole.buffer };
}

/** The things of a batch; their bytes are views of those of the batch. */
export function unpackBatch({ items, bytes }: PackedBatch): ArchiveItem[] {
  return items.map((item) => {
    if (item.kind === 'problem') return item;
    const { kind, place, start, length } = item;
    return { kind, place, bytes: Buffer.from(bytes, start, length) };
  });
}

/** Files of threads below a content folder, which are read as far as an import has to know them. */
export interface PublishedBatch {
  readonly content: string;
  readonly paths: readonly string[];
}

/** Threads whose files are written out. Most of the time of a large import goes into it. */
export interface RenderBatch {
  readonly threads: readonly Thread[];
}

export type BatchAnswer =
  | { readonly written: Written }
  | { readonly digested: readonly Digested[] }
  | { readonly scans: readonly Scan[] };

export interface RenderAnswer {
  readonly files: readonly TextFile[];
}

function bytesOf(item: ArchiveItem): number {
  return item.kind === 'problem' ? 0 : item.bytes.length;
}

/** Parts an archive into batches, none of which is larger than it may be but by its last thing. */
export async function* batches(
  items: AsyncIterable<ArchiveItem>,
  limits: { readonly items: number; readonly bytes: number },
): AsyncGenerator<ArchiveItem[]> {
  let batch: ArchiveItem[] = [];
  let bytes = 0;
  for await (const item of items) {
    batch.push(item);
    bytes += bytesOf(item);
    if (batch.length < limits.items && bytes < limits.bytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
