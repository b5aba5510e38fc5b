import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSource } from './archive-source.ts';

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

async function ids(path: string): Promise<string[]> {
  return (await readSource(path, 'xen-devel')).mails.map(({ id }) => id);
}

async function kinds(path: string): Promise<string[]> {
  return (await readSource(path, 'xen-devel')).problems.map(({ kind }) => kind);
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
    const { mails } = await readSource(path, 'xen-devel');
    expect(mails.map(({ id, place }) => [id, place.path])).toEqual([
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
