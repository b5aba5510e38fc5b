/** The files of threads that an import writes or compares. */
import type { Message, Thread } from '../../src/schema/thread.ts';
import type { MailPool } from '../mail/archive-pool.ts';
import { DigestReader, type StoredHead } from '../mail/archive-store.ts';
import type { MessageContext } from '../mail/derive-message.ts';
import { deriveThread } from '../mail/import-threads.ts';
import type { PlannedThread } from '../mail/plan-threads.ts';
import { parsePublished } from '../mail/published-text.ts';
import { readTextFile, type TextFile, writeTextFile } from '../markdown/content-files.ts';
import { type Problem, problem } from '../problems/problem.ts';

export interface Writing {
  readonly content: string;
  /** Compares only. */
  readonly check: boolean;
  /** The command that repairs a file that differs. */
  readonly repair: string;
  readonly context: MessageContext;
  readonly pool: MailPool;
  readonly brought: ReadonlyMap<string, StoredHead>;
}

export interface WrittenThreads {
  /** What differs, or cannot be read. */
  readonly problems: readonly Problem[];
  /** Paths of all files of the threads. */
  readonly paths: ReadonlySet<string>;
}

/** Messages of the threads whose files are made at a time; a longer thread is made alone. */
const TOGETHER = 40;

/** Threads in groups that are made at a time. */
function groupThreads(planned: readonly PlannedThread[]): PlannedThread[][] {
  const groups: PlannedThread[][] = [];
  let messages = TOGETHER;
  for (const thread of planned) {
    const { length } = thread.tree.mails;
    if (messages + length > TOGETHER) {
      groups.push([]);
      messages = 0;
    }
    groups.at(-1)?.push(thread);
    messages += length;
  }
  return groups;
}

function stale(path: string, before: string | undefined, repair: string): Problem {
  const actual = before === undefined ? 'no file' : 'a file that differs';
  return problem('entry-stale', { path }, { actual, expected: 'what the sources yield', repair });
}

/** Makes files of threads, of which only few are in memory at a time. */
class ThreadWriter {
  readonly #writing: Writing;
  readonly #reader = new DigestReader();
  readonly #problems: Problem[] = [];
  readonly #paths = new Set<string>();
  readonly #joined = new Map<string, Thread>();

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  async #load(id: string): Promise<Thread | undefined> {
    const path = `threads/${id}.md`;
    const text = await readTextFile(this.#writing.content, path);
    const read = parsePublished(path, text ?? '');
    if (read.ok) return read.value;
    this.#problems.push(...read.problems);
    return undefined;
  }

  #isWhole({ tree }: PlannedThread): boolean {
    return tree.mails.every(({ mail }) => this.#writing.brought.has(mail.id));
  }

  /** Loads the published threads of which another thread takes messages, before their files are written anew. */
  async #loadJoined(planned: readonly PlannedThread[]): Promise<void> {
    const taken = planned
      .filter((thread) => !this.#isWhole(thread))
      .flatMap(({ id, published }) => published.filter((other) => other !== id));
    for (const id of new Set(taken)) {
      const thread = await this.#load(id);
      if (thread !== undefined) this.#joined.set(id, thread);
    }
  }

  /** The published messages of a thread that has some which the import does not bring again. */
  async #kept(planned: PlannedThread): Promise<ReadonlyMap<string, Message>> {
    if (this.#isWhole(planned)) return new Map();
    const messages: Message[] = [];
    for (const id of planned.published) {
      const thread = id === planned.id ? await this.#load(id) : this.#joined.get(id);
      messages.push(...(thread?.messages ?? []));
    }
    return new Map(messages.map((message) => [message.id, message]));
  }

  async #derive(planned: PlannedThread): Promise<Thread[]> {
    const { brought, context } = this.#writing;
    const heads = planned.tree.mails.flatMap(({ mail }) => brought.get(mail.id) ?? []);
    const messages = {
      digests: await this.#reader.load(heads),
      kept: await this.#kept(planned),
    };
    const thread = deriveThread(planned, messages, context);
    return thread === undefined ? [] : [thread];
  }

  async #writeOrCompare(file: TextFile): Promise<void> {
    const { content, check, repair } = this.#writing;
    this.#paths.add(file.path);
    if (!check) return writeTextFile(content, file);
    const before = await readTextFile(content, file.path);
    if (before !== file.text) this.#problems.push(stale(file.path, before, repair));
  }

  /** One thread of the pool writes out what is derived here meanwhile; a second one would need memory more than it saves time. */
  async write(planned: readonly PlannedThread[]): Promise<WrittenThreads> {
    await this.#loadJoined(planned);
    let rendering: Promise<readonly TextFile[]> = Promise.resolve([]);
    for (const group of groupThreads(planned)) {
      const threads: Thread[] = [];
      for (const thread of group) threads.push(...(await this.#derive(thread)));
      const files = await rendering;
      rendering = this.#writing.pool.render(threads);
      // It is waited for in its turn; until then nobody listens.
      rendering.catch(() => undefined);
      for (const file of files) await this.#writeOrCompare(file);
    }
    for (const file of await rendering) await this.#writeOrCompare(file);
    await this.#reader.close();
    return { problems: this.#problems, paths: this.#paths };
  }
}

/** Writes or compares the files of all threads of a plan. */
export async function writeThreads(
  planned: readonly PlannedThread[],
  writing: Writing,
): Promise<WrittenThreads> {
  return new ThreadWriter(writing).write(planned);
}
