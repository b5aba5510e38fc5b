import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailPool } from './archive-pool.ts';
import { type Reading, readArchives } from './archive-reading.ts';
import { DigestReader } from './archive-store.ts';
import { planThreads } from './plan-threads.ts';

/** Mail made to break a reader: each has at most one problem that names it, and nothing else is lost. */
const SEPARATOR = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
const DATE = 'Date: Thu, 2 Jan 2020 03:04:05 +0000';
const head = (id: string, ...more: string[]) =>
  [`From: Ada <ada@example.org>`, DATE, `Message-ID: <${id}@x>`, ...more].join('\n');

const nested = (depth: number) =>
  Array.from(
    { length: depth },
    (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`,
  ).join('');
const parts = (count: number) => `${'--b\nContent-Type: text/plain\n\nx\n'.repeat(count)}--b--\n`;

/** Name, the message, and the problem that it must have, if any. */
const HOSTILE: readonly (readonly [string, () => Iterable<string>, RegExp | null])[] = [
  ['good', () => [`${head('good')}\n\nA PVH guest.\n`], null],
  ['script', () => [`${head('script', 'Subject: <script>alert(1)</script>')}\n\n<script>\n`], null],
  [
    'markup',
    () => [`${head('markup').replace('Ada', '"<img src=x onerror=alert(1)>"')}\n\nx\n`],
    null,
  ],
  [
    'html',
    () => [
      `${head('html', 'Content-Type: text/html')}\n\n<p onclick="x()">PVH</p><script>y()</script>`,
    ],
    null,
  ],
  ['climb', () => [`${head('../../../../etc/climb', 'Subject: ../../x')}\n\nx\n`], null],
  [
    'line',
    function* () {
      yield `${head('line')}\n\n`;
      for (let i = 0; i < 100; i += 1) yield 'a'.repeat(1024 * 1024);
      yield '\n';
    },
    /a message of 1048\d+ bytes/,
  ],
  [
    'from',
    function* () {
      yield `${head('from')}\n\n`;
      for (let i = 0; i < 20; i += 1) yield '>From From '.repeat(50_000);
    },
    null,
  ],
  ['empty lines', () => [`${head('lines')}\n\n${'\n'.repeat(300_000)}`], null],
  [
    'quotes',
    () => [`${head('quotes')}\n\n${'>'.repeat(100_000)} deep\n${'> '.repeat(100_000)}x\n`],
    null,
  ],
  [
    'nested parts',
    () => [`${head('nested')}\n${nested(100_000)}`],
    /parser refuses|takes over|ends its reader/,
  ],
  [
    'many parts',
    () => [`${head('parts', 'Content-Type: multipart/mixed; boundary="b"')}\n\n${parts(100_000)}`],
    /parser refuses/,
  ],
  ['zero bytes', () => [`${head('zero')}\n\n${'\0'.repeat(100_000)}PVH\n`], null],
  ['zero headers', () => [`${head('zeros', 'Subject: a\0b')}\n\nx\n`], null],
  [
    'headers',
    function* () {
      yield head('headers');
      for (let i = 0; i < 1000; i += 1) yield `\nX-${i}: ${'y'.repeat(1000)}`;
      yield '\n\nx\n';
    },
    /headers of over/,
  ],
  [
    'one header',
    () => [`${head('header', `Subject: ${'=?utf-8?Q?a?= '.repeat(10_000)}`)}\n\nx\n`],
    null,
  ],
  [
    'references',
    () => [
      `${head('refs', `References: ${Array.from({ length: 9000 }, (_, i) => `<r${i}@x>`).join('\n ')}`)}\n\nx\n`,
    ],
    null,
  ],
  [
    'charset',
    () => [`${head('charset', 'Content-Type: text/plain; charset=nonsense')}\n\nx\n`],
    null,
  ],
  ['no id', () => [`From: Ada <ada@example.org>\n${DATE}\n\nx\n`], /without an id/],
  ['no date', () => [`From: Ada <a@x>\nMessage-ID: <nodate@x>\n\nx\n`], /without a date/],
  [
    'circle',
    () => [`${head('circle', 'In-Reply-To: <good@x>', 'References: <circle@x>')}\n\nx\n`],
    null,
  ],
  ['last', () => [`${head('last')}\n\nAn HVM guest.\n`], null],
];

let folder = '';
let reading: Reading;
const pool = new MailPool({
  threads: 2,
  items: 5,
  bytes: 1_000_000,
  time: 10_000,
  memory: 128,
  memoryAlone: 192,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-hostile-'));
  const file = createWriteStream(join(folder, 'hostile.mbox'));
  for (const [, message] of HOSTILE) {
    file.write(SEPARATOR);
    for (const piece of message()) file.write(piece);
    file.write('\n\n');
  }
  await finished(file.end());
  reading = await readArchives([join(folder, 'hostile.mbox')], {
    project: resolve(import.meta.dirname, '../..'),
    folder: join(folder, 'work'),
    list: 'xen-devel',
    rules: [],
    pool,
  });
}, 120_000);

afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

describe('hostile mail', { timeout: 60_000 }, () => {
  it.each(HOSTILE.map(([name, , expected], index) => [name, index + 1, expected] as const))(
    'has its one problem or none: %s',
    (_name, number, expected) => {
      const own = reading.problems.filter(({ place }) => place.path.endsWith(`#${number}`));
      expect(own.map(({ actual }) => actual)).toEqual(
        expected === null ? [] : [expect.stringMatching(expected)],
      );
    },
  );

  it('takes nothing from its neighbours', () => {
    const unread = new Set(['line', 'headers', 'nested parts', 'many parts']);
    expect(reading.heads).toHaveLength(HOSTILE.length - unread.size);
  });

  it('leaves no markup that acts, no control character and no address', async () => {
    const reader = new DigestReader();
    const digests = [...(await reader.load(reading.heads)).values()];
    await reader.close();
    for (const { from, subject } of digests) {
      expect(`${from} ${subject}`).not.toMatch(/\p{Cc}|example\.org/u);
    }
    const html = digests.find(({ id }) => id === 'html@x');
    expect(html?.guests).toEqual(['pvh']);
    expect(html?.found).toEqual([]);
  });

  it('keeps every thread in its folder', () => {
    const { threads } = planThreads(reading.heads, 'xen-devel', [], []);
    for (const { id } of threads) expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it('does not unpack what grows beyond measure', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x61), { level: 9 });
    await writeFile(join(folder, 'bomb.gz'), bomb);
    const { problems, heads } = await readArchives([join(folder, 'bomb.gz')], {
      project: resolve(import.meta.dirname, '../..'),
      folder: join(folder, 'work'),
      list: 'xen-devel',
      rules: [],
      pool,
    });
    expect(heads).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toContain('archive-unusable');
  });
});
