import type { Bodies } from '../../src/schema/bodies.ts';
import { threadSchema } from '../../src/schema/thread.ts';
import { openArchive } from '../mail/archive-source.ts';
import { bodyBlocks } from '../mail/body-blocks.ts';
import { readItem } from '../mail/digest.ts';
import { readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { parseEntry } from '../markdown/entry.ts';
import type { Problem } from '../problems/problem.ts';

export interface BodiesOptions {
  readonly sources: readonly string[];
  readonly content: string;
  readonly list: string;
  /** The folder to write to; not `content/`, which holds no sentence of a mail. */
  readonly out: string;
}

/** The thread of each message under `content/threads/`. */
async function threadsByMessage(content: string): Promise<ReadonlyMap<string, string>> {
  const files = await readTextFiles(content, 'threads', '.md');
  return new Map(
    files.flatMap(({ path, text }) => {
      const entry = parseEntry(path, text, threadSchema);
      if (!entry.ok) return [];
      const { id, messages } = entry.value.data;
      return messages.map((message) => [message.id, id] as const);
    }),
  );
}

/** Writes what the published messages say, as plain text without addresses, for a site built beside the archive. */
export async function runBodies({
  sources,
  content,
  list,
  out,
}: BodiesOptions): Promise<{ readonly problems: readonly Problem[]; readonly messages: number }> {
  const threadOf = await threadsByMessage(content);
  const problems: Problem[] = [];
  const threads = new Map<string, Map<string, Bodies['messages'][number]>>();
  for (const source of sources) {
    const opened = await openArchive(source);
    if (!opened.ok) {
      problems.push(opened.problem);
      continue;
    }
    for await (const item of opened.archive.read(() => true)) {
      const read = await readItem(item, list);
      problems.push(...read.problems);
      for (const mail of read.mails) {
        const thread = threadOf.get(mail.id);
        if (thread === undefined) continue;
        const messages = threads.get(thread) ?? new Map();
        messages.set(mail.id, { id: mail.id, blocks: bodyBlocks(mail) });
        threads.set(thread, messages);
      }
    }
  }
  let count = 0;
  for (const [id, messages] of threads) {
    const bodies: Bodies = { id, messages: [...messages.values()] };
    count += messages.size;
    await writeTextFile(out, { path: `${id}.json`, text: `${JSON.stringify(bodies)}\n` });
  }
  return { problems, messages: count };
}
