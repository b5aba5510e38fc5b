import { Worker } from 'node:worker_threads';
import pLimit, { type LimitFunction } from 'p-limit';
import { type Batch, type PublishedBatch, packBatch, type RenderBatch } from './archive-batch.ts';

type Request = Batch | RenderBatch | PublishedBatch;

/** The threads that read messages. One that did what it was asked is asked again; one that did not is ended. */
export class Readers {
  readonly #memory: number;
  readonly #limit: LimitFunction;
  #idle: Worker[] = [];
  readonly #workers = new Set<Worker>();
  /** Who waits for an answer of a thread, and is told when the thread ends without one. */
  readonly #ended = new Map<Worker, (reason: string) => void>();

  /** `memory`: MB that the values of a thread take which is asked again. `threads`: how many there are at a time. */
  constructor(memory: number, threads: number) {
    this.#memory = memory;
    this.#limit = pLimit(threads);
  }

  /** The answer of a thread, or why there is none; it is asked when one has nothing else to do. */
  ask<T>(request: Request, time: number, memory: number): Promise<T | string> {
    return this.#limit(() => this.#askNow<T>(request, time, memory));
  }

  async #askNow<T>(request: Request, time: number, memory: number): Promise<T | string> {
    const usual = memory === this.#memory;
    const worker = (usual ? this.#idle.pop() : undefined) ?? this.#start(memory);
    const answer = await new Promise<T | string>((resolve) => {
      const timer = setTimeout(() => resolve(`a message that takes over ${time} ms`), time);
      const settle = (value: T | string) => {
        clearTimeout(timer);
        resolve(value);
      };
      worker.once('message', settle);
      this.#ended.set(worker, (reason) => settle(`a message that ends its reader (${reason})`));
      if (!('items' in request)) worker.postMessage(request);
      else {
        const packed = packBatch(request);
        worker.postMessage(packed, [packed.bytes]);
      }
    });
    worker.removeAllListeners('message');
    this.#ended.delete(worker);
    if (usual && typeof answer !== 'string') this.#idle.push(worker);
    else await this.#end(worker);
    return answer;
  }

  #start(memory: number): Worker {
    const url = new URL('./archive-worker.ts', import.meta.url);
    const resourceLimits = { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 8 };
    const worker = new Worker(url, { resourceLimits });
    this.#workers.add(worker);
    // A thread may come to its end after its answer too, while it clears up.
    worker.on('error', ({ message }) => {
      this.#idle = this.#idle.filter((idle) => idle !== worker);
      this.#ended.get(worker)?.(message);
    });
    return worker;
  }

  async #end(worker: Worker): Promise<void> {
    this.#workers.delete(worker);
    await worker.terminate();
  }

  /** Ends the threads that have nothing to do; new ones are begun when there is something again. */
  async rest(): Promise<void> {
    const idle = this.#idle;
    this.#idle = [];
    for (const worker of idle) await this.#end(worker);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }
}
