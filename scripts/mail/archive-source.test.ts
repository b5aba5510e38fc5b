import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from './archive-source.ts';
import { type Digested, digestItem } from './digest.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-mail-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function source(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const MAIL = 'From: Ada <ada@x>\nDate: 1 Jan 2020 00:00 +0000\nMessage-ID: <1@x>\n\nHi.\n';
const SEPARATOR = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
const PAGE = `<!--X-Message-Id: 2@x -->
<!--X-Head-of-Message--><ul><li>From: Ada</li><li>Date: 1 Jan 2020 00:00 +0000</li></ul>
<!--X-Head-of-Message-End--><!--X-Body-of-Message--><pre>Hi.</pre><!--X-Body-of-Message-End-->`;

async function read(path: string): Promise<Digested> {
  const opened = await openArchive(path);
  if (!opened.ok) return { digests: [], removed: [], problems: [opened.problem] };
  const all: Digested[] = [];
  for await (const item of opened.archive.read(() => true)) {
    all.push(await digestItem(item, 'xen-devel'));
  }
  return {
    digests: all.flatMap(({ digests }) => digests),
    removed: all.flatMap(({ removed }) => removed),
    problems: all.flatMap(({ problems }) => problems),
  };
}

async function ids(path: string): Promise<string[]> {
  return (await read(path)).digests.map(({ id }) => id);
}

async function kinds(path: string): Promise<string[]> {
  return (await read(path)).problems.map(({ kind }) => kind);
}

describe('readSource', () => {
  it('tells an mbox, a message and a page by what is in them', async () => {
    expect(await ids(await source('a', SEPARATOR + MAIL))).toEqual(['1@x']);
    expect(await ids(await source('b', MAIL))).toEqual(['1@x']);
    expect(await ids(await source('c', PAGE))).toEqual(['2@x']);
  });

  it('reads an mbox over several pieces and says where a message stands', async () => {
    const long = `${MAIL}${'line\n'.repeat(300_000)}\n`;
    const path = await source('long', `${SEPARATOR}${long}${SEPARATOR}${MAIL.replace('1@', '3@')}`);
    const { digests } = await read(path);
    expect(digests.map(({ id, place }) => [id, place.path])).toEqual([
      ['1@x', `${path}#1`],
      ['3@x', `${path}#2`],
    ]);
  });

  it('reads a folder of pages and messages', async () => {
    await mkdir(join(folder, 'pages'));
    await source('pages/msg00001.html', PAGE);
    await source('pages/maillist.html', 'index');
    await source('pages/01.eml', MAIL);
    expect(await ids(join(folder, 'pages'))).toEqual(['1@x', '2@x']);
  });

  it('reads a Maildir, oldest delivery first', async () => {
    const box = join(folder, 'box');
    for (const part of ['cur', 'new', 'tmp']) await mkdir(join(box, part), { recursive: true });
    await source('box/new/1500.a', MAIL.replace('1@', '3@'));
    await source('box/cur/900.b:2,S', MAIL);
    await source('box/tmp/1.c', MAIL.replace('1@', '4@'));
    expect(await ids(box)).toEqual(['1@x', '3@x']);
  });

  it('reads a compressed mbox, and says when it is damaged', async () => {
    const packed = gzipSync(SEPARATOR + MAIL);
    expect(await ids(await source('a.gz', packed))).toEqual(['1@x']);
    expect(await kinds(await source('b.gz', packed.subarray(0, 40)))).toEqual(['archive-unusable']);
  });

  it('reads only what is wanted', async () => {
    const opened = await openArchive(
      await source('two', `${SEPARATOR}${MAIL}\n${SEPARATOR}${MAIL.replace('1@', '3@')}`),
    );
    const places: string[] = [];
    if (!opened.ok) throw new Error(opened.problem.actual);
    for await (const item of opened.archive.read((index) => index === 1)) {
      if (item.kind === 'message') places.push(item.place.path.replace(/^.*#/, ''));
    }
    expect(places).toEqual(['2']);
  });

  it('goes on after a message that cannot be read', async () => {
    const path = await source('a', `${SEPARATOR}no headers\n\n${SEPARATOR}${MAIL}`);
    expect(await ids(path)).toEqual(['1@x']);
    expect(await kinds(path)).toEqual(['mail-unreadable']);
  });

  it('refuses what is no archive', async () => {
    expect(await kinds(join(folder, 'absent'))).toEqual(['archive-unusable']);
    expect(await kinds(folder)).toEqual(['archive-unusable']);
    expect(await kinds(await source('empty', ''))).toEqual(['archive-unusable']);
    expect(await kinds(await source('noise', Buffer.alloc(100_000, 7)))).toEqual([
      'archive-unusable',
    ]);
    expect(await kinds('/dev/null')).toEqual(['archive-unusable']);
  });
});
