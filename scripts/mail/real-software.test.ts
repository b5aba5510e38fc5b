import { type ExecFileSyncOptions, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from './archive-source.ts';
import { digestItem } from './digest.ts';
import type { Digest } from './mail.ts';
import { planThreads } from './plan-threads.ts';

/**
 * Archives as the programs write them that lists are kept with, where these are installed (Debian: mhonarc,
 * public-inbox, notmuch). What they make of an mbox is read as the mbox itself is.
 */
const has = (name: string, ...args: string[]) => spawnSync(name, args).error === undefined;

let folder = '';
let mbox = '';

const header = (id: string, ...more: string[]) =>
  [
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    'From: =?utf-8?Q?J=C3=BCrgen_Beispiel?= <j@example.org>',
    'To: list@example.org',
    `Date: Thu, 2 Jan 2020 03:04:0${id} +0100`,
    `Message-ID: <${id}-a@example.org>`,
    'List-Id: <xen-devel.lists.example.org>',
    ...more,
    '',
  ].join('\n');

const MESSAGES = [
  `${header('1', 'Subject: [PATCH 0/2] x86/pvh: the PIT')}
In arch/x86/x86_emulate.c, is x86_emulate() used for PVH & HVM?

 a < b && c->d

-- 
Jürgen
`,
  `${header('2', 'Subject: Re: [PATCH 0/2] x86/pvh: the PIT', 'In-Reply-To: <1-a@example.org>', 'References: <1-a@example.org>')}
On Thu, Jan 2, 2020 at 03:04 Jürgen wrote:
> In arch/x86/x86_emulate.c, is x86_emulate() used for PVH & HVM?
>
>  a < b && c->d

Not in svm/emulate.c:12.

diff --git a/xen/common/a.c b/xen/common/a.c
--- a/xen/common/a.c
+++ b/xen/common/a.c
@@ -1,2 +1,2 @@ static void here(void)
-    old_call("%d", 1);
+    new_call(2);
 }
`,
  `${header('3', 'Subject: Other', 'In-Reply-To: <9-lost@example.org>')}\nText.\n`,
  `${header('4', 'Subject: Other', 'In-Reply-To: <9-lost@example.org>')}\nMore.\n`,
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-real-'));
  mbox = join(folder, 'in.mbox');
  writeFileSync(mbox, MESSAGES.map((text) => `${text}\n`).join(''));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What an archive says, without where it stands. */
async function read(source: string): Promise<Omit<Digest, 'place'>[]> {
  const opened = await openArchive(source);
  if (!opened.ok) throw new Error(opened.problem.actual);
  const found: Omit<Digest, 'place'>[] = [];
  for await (const item of opened.archive.read(() => true)) {
    const { digests } = await digestItem(item, 'xen-devel');
    found.push(...digests.map(({ place: _place, ...rest }) => rest));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe.runIf(has('mhonarc', '-v'))('MHonArc', { timeout: 60_000 }, () => {
  it('writes pages that say what the mbox says', async () => {
    const pages = join(folder, 'pages');
    mkdirSync(pages);
    execFileSync('mhonarc', ['-quiet', '-outdir', pages, mbox]);
    const [own, theirs] = [await read(mbox), await read(pages)];
    expect(theirs).toHaveLength(MESSAGES.length);
    // Without `References` MHonArc names none, and a page has no `In-Reply-To` among its headers.
    const bare = (all: typeof own) =>
      all.map(({ ancestors: _ancestors, list: _list, ...rest }) => rest);
    expect(bare(theirs)).toEqual(bare(own));
    expect(theirs[1]?.ancestors).toEqual(['1-a@example.org']);
  });
});

describe.runIf(has('public-inbox-init', '--help'))('public-inbox', { timeout: 60_000 }, () => {
  const address = 'list@example.org';
  let environment: NodeJS.ProcessEnv = {};

  beforeAll(() => {
    environment = { ...process.env, HOME: folder, ORIGINAL_RECIPIENT: address };
    const inbox = join(folder, 'inbox');
    const options: ExecFileSyncOptions = {
      env: environment,
      stdio: ['pipe', 'ignore', 'ignore'],
    };
    const init = ['-V2', 'list', inbox, 'http://127.0.0.1/list', address];
    execFileSync('public-inbox-init', init, options);
    const config = join(folder, '.public-inbox/config');
    execFileSync('git', ['config', '-f', config, 'publicinboxmda.spamcheck', 'none']);
    for (const text of MESSAGES) {
      const input = text.slice(text.indexOf('\n') + 1);
      execFileSync('public-inbox-mda', ['--no-precheck'], { ...options, input });
    }
  }, 60_000);

  it('writes a repository that says what the mbox says', async () => {
    expect(await read(join(folder, 'inbox'))).toEqual(await read(mbox));
  });

  it('serves a thread by the address of a message', async () => {
    const probe = createServer();
    const port = await new Promise<number>((done) =>
      probe.listen(0, '127.0.0.1', () => {
        const bound = probe.address();
        probe.close(() => done(typeof bound === 'object' ? (bound?.port ?? 0) : 0));
      }),
    );
    const server = spawn('public-inbox-httpd', ['-l', `127.0.0.1:${port}`, '-W', '0'], {
      env: environment,
      stdio: 'ignore',
    });
    try {
      const thread = await read(`http://127.0.0.1:${port}/list/1-a@example.org/`);
      expect(thread).toEqual((await read(mbox)).slice(0, 2));
    } finally {
      server.kill();
    }
  });
});

describe.runIf(has('notmuch', '--version'))('notmuch', { timeout: 60_000 }, () => {
  it('makes the same threads', async () => {
    const box = join(folder, 'mail');
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(box, part), { recursive: true });
    for (const [index, text] of MESSAGES.entries()) {
      writeFileSync(join(box, `cur/${index}:2,S`), text.slice(text.indexOf('\n') + 1));
    }
    const config = join(folder, 'notmuch');
    writeFileSync(
      config,
      `[database]\npath=${box}\n[user]\nname=a\nprimary_email=a\n[new]\ntags=\n`,
    );
    const notmuch = (...args: string[]) =>
      execFileSync('notmuch', args, {
        env: { ...process.env, NOTMUCH_CONFIG: config },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    notmuch('new', '--quiet');
    const theirs = notmuch('search', '--output=threads', '*')
      .trim()
      .split('\n')
      .map((thread) => notmuch('search', '--output=messages', thread).trim().split('\n').sort());
    const digests = (await read(mbox)).map((rest) => ({ ...rest, place: { path: rest.id } }));
    const own = planThreads(digests, 'xen-devel', [], []).threads.map(({ tree }) =>
      tree.mails.map(({ mail }) => `id:${mail.id}`).sort(),
    );
    expect(theirs.sort()).toEqual(own.sort());
  });
});
