import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'astro/zod';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/schema/thread.ts';
import { threadSchema } from '../../src/schema/thread.ts';
import { parseEntry } from '../markdown/entry.ts';
import type { NameTable } from '../xen/name-table.ts';
import { openArchive } from './archive-source.ts';
import { digestItem } from './digest.ts';
import { FEATURES_OF_LEXICON } from './feature-mentions.ts';
import { importThreads } from './import-threads.ts';
import type { Digest } from './mail.ts';
import { Past } from './references/past.ts';
import { indexPaths } from './references/path-index.ts';

/**
 * Seven real threads with the references that people found in them. They lie beside the project where it is developed
 * and are not part of it; elsewhere these tests have nothing to read.
 */
const FOLDER = '../shared/threads';

const byWhere = z.partialRecord(z.enum(['own', 'quoted', 'diff']), z.array(z.string()));
const truthSchema = z.record(
  z.string(),
  z.object({
    message_id: z.string(),
    in_reply_to: z.string().nullable(),
    parent_present: z.boolean().nullable(),
    refs: z.object({
      files: byWhere.optional(),
      functions: byWhere.optional(),
      macros: byWhere.optional(),
      symbols: byWhere.optional(),
      non_xen: byWhere.optional(),
    }),
  }),
);

/** No tree: what is found must not hang on what the tree happens to have. */
const NO_TREE: NameTable = {
  release: '4.22.0',
  paths: [],
  functions: new Map(),
  others: new Map(),
};

async function digestsOf(path: string): Promise<Digest[]> {
  const opened = await openArchive(path);
  if (!opened.ok) throw new Error(opened.problem.actual);
  const digests: Digest[] = [];
  for await (const item of opened.archive.read(() => true)) {
    digests.push(...(await digestItem(item, 'xen-devel')).digests);
  }
  return digests;
}

async function importShared(file: string, ...more: string[]): Promise<Message[]> {
  const digests: Digest[] = [];
  for (const name of [file, ...more]) digests.push(...(await digestsOf(`${FOLDER}/${name}`)));
  const { files } = importThreads({
    digests,
    list: 'xen-devel',
    lookup: {
      names: NO_TREE,
      paths: indexPaths(NO_TREE.paths, new Map()),
      commits: [],
      past: new Past([]),
    },
    features: new Set(FEATURES_OF_LEXICON),
    given: [],
    published: [],
  });
  const entries = files.map(({ path, text }) => parseEntry(path, text, threadSchema));
  expect(entries.every(({ ok }) => ok)).toBe(true);
  expect(entries).toHaveLength(1);
  return entries.flatMap((entry) => (entry.ok ? entry.value.data.messages : []));
}

type Truth = z.infer<typeof truthSchema>;

function readTruth(): Truth {
  return truthSchema.parse(JSON.parse(readFileSync(`${FOLDER}/refs.json`, 'utf8')));
}

/** The messages of the truth by their id, those of all threads. */
async function readAll(truth: Truth): Promise<ReadonlyMap<string, Message>> {
  const slugs = [...new Set(Object.keys(truth).map((key) => key.split('/')[0] ?? ''))];
  const messages: Message[] = [];
  for (const slug of slugs) {
    const rebuilt = `${slug}.with-reconstructed.mbox`;
    const file = existsSync(`${FOLDER}/${rebuilt}`) ? rebuilt : `${slug}.mbox`;
    messages.push(...(await importShared(file)));
  }
  return new Map(messages.map((message) => [`<${message.id}>`, message]));
}

interface Score {
  right: number;
  wrong: string[];
  missed: string[];
}

type Where = 'own' | 'quoted' | 'diff';

async function score(kind: 'file' | 'function', where: Where): Promise<Score> {
  const truth = readTruth();
  const messages = await readAll(truth);
  const result: Score = { right: 0, wrong: [], missed: [] };
  for (const [key, { message_id, refs }] of Object.entries(truth)) {
    const wanted = new Set((kind === 'file' ? refs.files : refs.functions)?.[where] ?? []);
    const foreign = new Set(refs.non_xen?.[where] ?? []);
    const found = new Set(
      messages
        .get(message_id)
        ?.references.filter((one) => one.kind === kind && one.where === where)
        .map(({ written }) => written)
        .filter((written) => !foreign.has(written)),
    );
    for (const one of found) {
      if (wanted.has(one)) result.right += 1;
      else result.wrong.push(`${basename(key)} ${one}`);
    }
    result.missed.push(...[...wanted].filter((one) => !found.has(one)));
  }
  return result;
}

describe.runIf(existsSync(`${FOLDER}/refs.json`))('the shared threads', () => {
  it.each([
    ['file', 'own', 23],
    ['file', 'quoted', 53],
    ['file', 'diff', 8],
    ['function', 'own', 23],
    ['function', 'diff', 36],
  ] as const)('yield every %s of the class %s and nothing else', async (kind, where, count) => {
    expect(await score(kind, where)).toEqual({ right: count, wrong: [], missed: [] });
  });

  it('yield every quoted function, and one that a mailer glued to its type', async () => {
    expect(await score('function', 'quoted')).toEqual({
      right: 32,
      // A quoted line defines it, with the blank after `int` lost; the people who listed the references left it out.
      wrong: ['04.eml guest_io_okay', '05.eml guest_io_okay'],
      missed: [],
    });
  });

  it('yield the macros that are written as calls', async () => {
    const truth = readTruth();
    const messages = await readAll(truth);
    const missed = Object.values(truth).flatMap(({ message_id, refs }) => {
      const found = messages.get(message_id)?.references.map(({ written }) => written);
      return Object.values(refs.macros ?? {})
        .flat()
        .filter((macro) => found?.includes(macro) !== true);
    });
    expect(missed).toEqual([]);
  });

  it('have the parents that the headers name, present or not', async () => {
    const truth = readTruth();
    const messages = await readAll(truth);
    for (const [key, { message_id, in_reply_to }] of Object.entries(truth)) {
      const message = messages.get(message_id);
      expect(message, key).toBeDefined();
      expect(message?.parent === null ? null : `<${message?.parent}>`, key).toBe(in_reply_to);
      expect(message?.parentPresent, key).toBe(in_reply_to !== null && messages.has(in_reply_to));
    }
  });

  it('merge the saved page with the message of the mbox', async () => {
    const mbox = '2019-08-memory-layout.with-reconstructed.mbox';
    expect(await importShared(mbox, 'seed-archive-page.txt')).toEqual(await importShared(mbox));
    const [page] = await importShared('seed-archive-page.txt');
    expect(page).toMatchObject({
      id: 'xen-devel/2019-08-22T02:06:50Z/ethan-johnson',
      idKind: 'archive-key',
      date: '2019-08-22T02:06:50Z',
    });
    // The page lost the list of files that the message has.
    expect(page?.references.map(({ written }) => written)).toEqual([
      'arch/x86/pv/emul-priv-op.c',
      'x86_emulate.c',
      'io_emul_stub_setup',
    ]);
  });

  it('join the saved page by its subject when the mbox lacks the message', async () => {
    const messages = await importShared('2019-08-memory-layout.mbox', 'seed-archive-page.txt');
    expect(messages).toHaveLength(10);
    expect(messages.filter(({ idKind }) => idKind === 'archive-key')).toHaveLength(1);
  });
});
