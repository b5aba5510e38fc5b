import { describe, expect, it } from 'vitest';
import { type Thread, threadSchema } from '../../src/schema/thread.ts';
import { parseEntry } from '../markdown/entry.ts';
import type { NameTable } from '../xen/name-table.ts';
import { digestMail } from './digest.ts';
import { FEATURES_OF_LEXICON } from './feature-mentions.ts';
import { type ImportInput, type ImportResult, importThreads } from './import-threads.ts';
import type { Mail } from './mail.ts';
import { Past } from './references/past.ts';
import { indexPaths } from './references/path-index.ts';

const NAMES: NameTable = {
  release: '4.22.0',
  paths: ['xen/arch/x86/pv/wheel.c'],
  functions: new Map(),
  others: new Map(),
};

const ROOT: Mail = {
  id: 'root@x',
  idKind: 'message-id',
  date: '2020-01-02T03:04:05Z',
  from: 'Lovelace, Ada',
  subject: '[Xen-devel] What of the PIT?',
  list: 'xen-devel',
  ancestors: [],
  texts: ['Hello,\n\nin pv/wheel.c, does a PV guest have a PIT?\n\n-- \nAda\nada@example.org'],
  place: { path: 'a.mbox#1' },
};

const REPLY: Mail = {
  ...ROOT,
  id: 'reply@x',
  date: '2020-02-02T03:04:05Z',
  from: 'Charles <b>Babbage</b> `*_',
  subject: 'Re: [Xen-devel] What of the PIT?',
  ancestors: ['root@x', 'lost@x'],
  texts: ['On Monday 2020, Ada wrote:\n> in pv/wheel.c, does a PV guest have a PIT?\n\nNo.'],
  place: { path: 'a.mbox#2' },
};

function run({
  mails = [ROOT, REPLY],
  ...input
}: Partial<ImportInput> & { readonly mails?: readonly Mail[] }): ImportResult {
  return importThreads({
    digests: mails.map((mail) => digestMail(mail, 'xen-devel')),
    list: 'xen-devel',
    lookup: {
      names: NAMES,
      paths: indexPaths(NAMES.paths, new Map()),
      commits: [],
      past: new Past([]),
    },
    features: new Set(FEATURES_OF_LEXICON),
    given: [],
    published: [],
    ...input,
  });
}

function threads(result: ImportResult): Thread[] {
  return result.files.map(({ path, text }) => {
    const entry = parseEntry(path, text, threadSchema);
    if (!entry.ok) throw new Error(JSON.stringify(entry.problems));
    return entry.value.data;
  });
}

describe('importThreads', () => {
  it('writes facts and pointers of a thread', () => {
    const result = run({});
    expect(result.problems).toEqual([]);
    expect(result.files.map(({ path }) => path)).toEqual(['threads/2020-01-what-pit.md']);
    expect(threads(result)[0]).toEqual({
      id: '2020-01-what-pit',
      subject: 'What of the PIT?',
      list: 'xen-devel',
      first: '2020-01-02',
      last: '2020-02-02',
      participants: ['Lovelace, Ada', 'Charles <b>Babbage</b> `*_'],
      release: '4.22.0',
      missing: ['lost@x'],
      missingParents: { 'lost@x': 'root@x' },
      messages: [
        {
          id: 'root@x',
          idKind: 'message-id',
          parent: null,
          parentPresent: false,
          date: '2020-01-02T03:04:05Z',
          from: 'Lovelace, Ada',
          subject: '[Xen-devel] What of the PIT?',
          patch: null,
          guests: ['pv'],
          features: ['time/pit'],
          questions: [{ paragraph: 2 }],
          references: [
            {
              kind: 'file',
              written: 'pv/wheel.c',
              where: 'own',
              path: 'xen/arch/x86/pv/wheel.c',
              symbol: null,
              state: 'same',
              now: null,
            },
          ],
        },
        expect.objectContaining({
          id: 'reply@x',
          parent: 'lost@x',
          parentPresent: false,
          guests: [],
          questions: [],
          references: [expect.objectContaining({ where: 'quoted', written: 'pv/wheel.c' })],
        }),
      ],
    });
  });

  it('says who began, when and where, with markup of names as text and no sentence of a mail', () => {
    const text = run({}).files[0]?.text ?? '';
    const body = text.slice(text.lastIndexOf('---\n') + 4).trim();
    expect(body).toBe(
      'Lovelace, Ada began this thread on xen-devel on 2020-01-02. 2 messages are here, the last of 2020-02-02; 1 message is known from references only.',
    );
    expect(text).not.toMatch(/Hello|guest have|example\.org/);
    const reversed = run({ mails: [{ ...REPLY, ancestors: [] }] }).files[0]?.text ?? '';
    expect(reversed).toContain('Charles \\<b\\>Babbage\\</b\\> \\`\\*\\_ began');
  });

  it('gives the same bytes for the same messages in any order', () => {
    expect(run({ mails: [REPLY, ROOT] })).toEqual(run({}));
    const published = threads(run({}));
    expect(run({ published })).toEqual(run({}));
  });

  it('keeps a given id, and a published one when an older message turns up', () => {
    expect(threads(run({ given: [{ id: '2019-08-given', root: 'root@x' }] }))[0]?.id).toBe(
      '2019-08-given',
    );
    const published = threads(run({ mails: [REPLY] }));
    expect(published[0]?.id).toBe('2020-02-what-pit');
    expect(threads(run({ published }))[0]?.id).toBe('2020-02-what-pit');
  });

  it('numbers a second thread of the same month and words', () => {
    const other = { ...ROOT, id: 'other@x', date: '2020-01-05T00:00:00Z' };
    const ids = threads(run({ mails: [ROOT, other] })).map(
      ({ id, messages }) => `${id} ${messages[0]?.id}`,
    );
    expect(ids.sort()).toEqual(['2020-01-what-pit root@x', '2020-01-what-pit-2 other@x']);
  });

  it('adds to a published thread and takes nothing away', () => {
    const published = threads(run({}));
    expect(run({ mails: [ROOT], published })).toEqual(run({}));
    expect(run({ mails: [REPLY], published })).toEqual(run({}));
    expect(run({ mails: [], published }).files).toEqual([]);
  });

  it('looks references of published messages up in the tree of today', () => {
    const published = threads(run({}));
    const paths = ['xen/arch/x86/rim/wheel.c'];
    const lookup = {
      names: { ...NAMES, release: '4.23.0', paths },
      paths: indexPaths(paths, new Map([['xen/arch/x86/pv/wheel.c', 'xen/arch/x86/rim/wheel.c']])),
      commits: [],
      past: new Past([]),
    };
    const [thread] = threads(run({ mails: [ROOT], published, lookup }));
    expect(thread?.release).toBe('4.23.0');
    expect(thread?.messages.map(({ references }) => references[0]?.now)).toEqual([
      'xen/arch/x86/rim/wheel.c',
      'xen/arch/x86/rim/wheel.c',
    ]);
  });

  it('says when a message shows that two published threads are one', () => {
    const apart = { ...REPLY, ancestors: [] };
    const published = threads(run({ mails: [ROOT, apart] }));
    expect(published).toHaveLength(2);
    const { files, problems } = run({ published });
    expect(files).toHaveLength(1);
    expect(problems).toMatchObject([
      { kind: 'thread-joined', place: { path: 'threads/2020-02-what-pit.md' } },
    ]);
  });

  it('takes a saved page of a published message for that message', () => {
    const page: Mail = {
      ...ROOT,
      id: 'xen-devel/2020-01-02T03:04:00Z/ada-lovelace',
      idKind: 'archive-key',
      date: '2020-01-02T03:04:00Z',
    };
    expect(run({ mails: [page], published: threads(run({})) })).toEqual({
      files: [],
      problems: [],
    });
    const alone = threads(run({ mails: [page] }));
    expect(alone[0]?.messages[0]?.idKind).toBe('archive-key');
    expect(threads(run({ mails: [ROOT], published: alone }))).toMatchObject([
      { id: alone[0]?.id, messages: [{ id: 'root@x', idKind: 'message-id' }] },
    ]);
  });

  it('keeps every file inside its folder, whatever the subject', () => {
    const subjects = ['../../../etc/passwd', '/etc/passwd', '..', '\u0000', 'a/../../b', '%2e%2e/'];
    const mails = subjects.map((subject, i) => ({ ...ROOT, id: `m${i}@x`, subject }));
    const { files } = run({ mails });
    expect(files).toHaveLength(subjects.length);
    for (const { path } of files) expect(path).toMatch(/^threads\/2020-01-[a-z0-9-]+\.md$/);
  });

  it('keeps hostile names and subjects as data', () => {
    const subject = '"]: {x: &a *a} --- # <img src=x onerror=alert(1)> \u2028 ---';
    const result = run({ mails: [{ ...ROOT, subject, from: '- ? : @foo', date: null }] });
    expect(threads(result)[0]).toMatchObject({
      id: '0000-00-x-img-src-x-onerror-alert',
      subject,
      participants: ['- ? : @foo'],
      first: null,
      last: null,
    });
  });
});
