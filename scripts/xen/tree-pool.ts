/** Reads releases of a repository in threads of their own, several at a time. */
import { Worker } from 'node:worker_threads';
import pLimit, { type LimitFunction } from 'p-limit';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import type { TreeYield } from './tree-yield.ts';

export interface ReleaseRequest {
  readonly repository: string;
  readonly release: string;
  /** Kinds; all when empty. */
  readonly only: readonly FactKind[];
}

/** MB that the values of one thread may take; one that needs more ends with an error, not with the machine. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 } as const;

/** What a thread says; it lives on after an error. */
export type ReleaseAnswer = { readonly value: TreeYield } | { readonly error: string };

function ask(worker: Worker, request: ReleaseRequest): Promise<TreeYield> {
  return new Promise((resolve, reject) => {
    const listen = (answer: ReleaseAnswer) => {
      worker.off('error', reject);
      if ('value' in answer) resolve(answer.value);
      else reject(new Error(answer.error));
    };
    worker.once('message', listen);
    worker.once('error', reject);
    worker.postMessage(request);
  });
}

/** Threads that answer requests one after the other. A thread is started when all others are busy, up to a number. */
export class TreePool {
  readonly #idle: Worker[] = [];
  readonly #workers = new Set<Worker>();
  readonly #limit: LimitFunction;

  constructor(most: number) {
    this.#limit = pLimit(most);
  }

  /** What a release yields. Rejects when the repository does not have it, or when its thread ends. */
  read(request: ReleaseRequest): Promise<TreeYield> {
    return this.#limit(async () => {
      const worker = this.#idle.pop() ?? this.#start();
      try {
        return await ask(worker, request);
      } finally {
        if (this.#workers.has(worker)) this.#idle.push(worker);
      }
    });
  }

  #start(): Worker {
    const url = new URL('./tree-worker.ts', import.meta.url);
    const worker = new Worker(url, { resourceLimits: LIMITS });
    worker.once('error', () => this.#workers.delete(worker));
    this.#workers.add(worker);
    return worker;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }
}
