/**
 * Reads messages in threads of their own, several at a time, in the order of the archive. What a thread does not bring
 * to an end, because a message takes too long or too much memory, is read again message by message, and the one at
 * fault is a problem.
 */
import type { Thread } from '../../src/schema/thread.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { type Problem, problem } from '../problems/problem.ts';
import {
  type Batch,
  type BatchAnswer,
  batches,
  type PublishedBatch,
  type RenderAnswer,
} from './archive-batch.ts';
import { Readers } from './archive-readers.ts';
import { type TargetFile, type Written, writeDigests } from './archive-store.ts';
import type { Digested } from './digest.ts';
import type { ArchiveItem } from './mail.ts';
import type { Published, PublishedThread } from './published-text.ts';
import { renderThread } from './render-thread.ts';
import type { Scan, Sought } from './scan.ts';

export interface PoolLimits {
  readonly threads: number;
  /** Things in a batch, and bytes of them. */
  readonly items: number;
  readonly bytes: number;
  /** Time for one message, in ms. A batch has as much as ten of them. */
  readonly time: number;
  /** MB that the values of one thread may take, and those of one that reads a single message again. */
  readonly memory: number;
  readonly memoryAlone: number;
}

export const POOL_LIMITS: PoolLimits = {
  threads: 2,
  items: 100,
  bytes: 1024 * 1024,
  time: 20_000,
  memory: 40,
  memoryAlone: 256,
};

async function* mapped<T, U>(
  values: AsyncIterable<T>,
  make: (value: T) => Promise<U>,
): AsyncGenerator<() => Promise<U>> {
  for await (const value of values) yield () => make(value);
}

function inPieces<T>(values: readonly T[], length: number): readonly T[][] {
  const count = Math.ceil(values.length / length);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * length, (index + 1) * length),
  );
}

function unreadFile(path: string, reason: string): Problem {
  const expected = 'a thread that can be read in bounded time and memory';
  return problem('entry-unreadable', { path }, { actual: reason, expected });
}

/** What is said of a message that a thread did not bring to an end. */
function overran(item: ArchiveItem, reason: string): Problem {
  const place = item.kind === 'problem' ? item.problem.place : item.place;
  const expected = 'a message that can be read in bounded time and memory';
  return problem('mail-unreadable', place, { actual: reason, expected });
}

/** What is known of a message that no thread could read. */
function unread(item: ArchiveItem, reason: string): Digested {
  return { digests: [], removed: [], problems: [overran(item, reason)] };
}

/** Threads that read messages and write files out. */
export class MailPool {
  readonly #limits: PoolLimits;
  readonly #readers: Readers;

  constructor(limits: PoolLimits = POOL_LIMITS) {
    this.#limits = limits;
    this.#readers = new Readers(limits.memory, limits.threads);
  }

  /** Reads an archive into files, a batch after the other in its order. */
  async *read(
    items: AsyncIterable<ArchiveItem>,
    list: string,
    nextTarget: () => TargetFile,
  ): AsyncGenerator<Written> {
    const requests = mapped(batches(items, this.#limits), (batch) => {
      return this.#digest({ items: batch, list, target: nextTarget() });
    });
    yield* this.#inTurn(requests);
  }

  /** Looks an archive over, in its order. */
  async *scan(
    items: AsyncIterable<ArchiveItem>,
    list: string,
    sought: Sought,
  ): AsyncGenerator<readonly Scan[]> {
    const requests = mapped(batches(items, this.#limits), (batch) => {
      return this.#scan({ items: batch, list, sought });
    });
    yield* this.#inTurn(requests);
  }

  /**
   * The results of work that is begun while that before it is still being done: a piece for each thread, and one more
   * that waits for the first of them to have nothing to do.
   */
  async *#inTurn<T>(begun: AsyncIterable<() => Promise<T>>): AsyncGenerator<T> {
    const running: Promise<T>[] = [];
    for await (const begin of begun) {
      const result = begin();
      // It is waited for in its turn; until then nobody listens.
      result.catch(() => undefined);
      running.push(result);
      if (running.length > this.#limits.threads) yield await (running.shift() ?? result);
    }
    for (const result of running) yield await result;
  }

  /** A batch, or when it fails each message of it alone: the result, or why there is none. */
  async #each(batch: Batch): Promise<readonly (BatchAnswer | string)[]> {
    const { time, memory, memoryAlone } = this.#limits;
    const whole = await this.#readers.ask<BatchAnswer>(batch, 10 * time, memory);
    if (typeof whole !== 'string') return [whole];
    const { target: _target, ...rest } = batch;
    const single = [];
    for (const item of batch.items) {
      single.push(
        await this.#readers.ask<BatchAnswer>({ ...rest, items: [item] }, time, memoryAlone),
      );
    }
    return single;
  }

  async #digest(batch: Batch & { readonly target: TargetFile }): Promise<Written> {
    const answers = await this.#each(batch);
    const [first] = answers;
    if (typeof first === 'object' && 'written' in first) return first.written;
    const digested = batch.items.flatMap((item, index) => {
      const answer = answers[index] ?? 'no answer';
      if (typeof answer === 'string') return [unread(item, answer)];
      return 'digested' in answer ? answer.digested : [];
    });
    return writeDigests(batch.target, digested);
  }

  async #scan(batch: Batch): Promise<readonly Scan[]> {
    const answers = await this.#each(batch);
    return answers.flatMap((answer): readonly Scan[] =>
      typeof answer === 'object' && 'scans' in answer ? answer.scans : [null],
    );
  }

  /** The files of some threads of the list. */
  async render(threads: readonly Thread[]): Promise<readonly TextFile[]> {
    const { time, memory, memoryAlone } = this.#limits;
    const files: TextFile[] = [];
    const whole = await this.#readers.ask<RenderAnswer>({ threads }, 10 * time, memory);
    if (typeof whole !== 'string') return whole.files;
    for (const thread of threads) {
      const one = await this.#readers.ask<RenderAnswer>(
        { threads: [thread] },
        10 * time,
        memoryAlone,
      );
      files.push(...(typeof one === 'string' ? [renderThread(thread)] : one.files));
    }
    return files;
  }

  /** The published threads in some files below a content folder. */
  async readPublished(content: string, paths: readonly string[]): Promise<Published> {
    const threads: PublishedThread[] = [];
    const problems: Problem[] = [];
    for (const piece of inPieces(paths, this.#limits.items)) {
      const part = await this.#published({ content, paths: piece });
      threads.push(...part.threads);
      problems.push(...part.problems);
    }
    return { threads, problems };
  }

  async #published(batch: PublishedBatch): Promise<Published> {
    const { time, memory, memoryAlone } = this.#limits;
    const whole = await this.#readers.ask<Published>(batch, 10 * time, memory);
    if (typeof whole !== 'string') return whole;
    const single: Published[] = [];
    for (const path of batch.paths) {
      const one = { ...batch, paths: [path] };
      const answer = await this.#readers.ask<Published>(one, 10 * time, memoryAlone);
      single.push(
        typeof answer === 'string' ? { threads: [], problems: [unreadFile(path, answer)] } : answer,
      );
    }
    return {
      threads: single.flatMap(({ threads }) => threads),
      problems: single.flatMap(({ problems }) => problems),
    };
  }

  /** Gives back the memory of threads that have nothing to do, before they are asked something of another kind. */
  async rest(): Promise<void> {
    await this.#readers.rest();
  }

  async close(): Promise<void> {
    await this.#readers.close();
  }
}
