import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openArchive } from './archive-source.ts';
import { linksOfIndex, mboxAddress, WEB_LIMITS } from './archive-url.ts';
import { digestItem } from './digest.ts';

const LIMITS = { ...WEB_LIMITS, wait: 1, longestWait: 5, timeout: 2000 };
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
}

async function read(source: string, limits = LIMITS): Promise<string[]> {
  const opened = await openArchive(source, limits);
  if (!opened.ok) return [opened.problem.actual];
  const found: string[] = [];
  for await (const item of opened.archive.read(() => true)) {
    const { digests, problems } = await digestItem(item, 'xen-devel');
    found.push(
      ...digests.map(({ id }) => id),
      ...problems.map(({ kind, actual }) => `${kind} ${actual}`),
    );
  }
  return found;
}

const mail = (id: string) =>
  `From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Ada <a@x>\nDate: 1 Jan 2020 00:00 +0000\nMessage-ID: <${id}>\n\nHi.\n\n`;
const page = (id: string) => `<!--X-Message-Id: ${id} -->
<!--X-Head-of-Message--><ul><li>From: Ada</li><li>Date: 1 Jan 2020 00:00 +0000</li></ul>
<!--X-Head-of-Message-End--><!--X-Body-of-Message--><pre>Hi.</pre><!--X-Body-of-Message-End-->`;

describe('an archive on the web', () => {
  it('gives the thread of a message, through redirects and a busy server', async () => {
    const asked: string[] = [];
    const base = await serve(({ url = '' }, response) => {
      asked.push(url);
      if (url === '/list/1@x/t.mbox.gz')
        response.writeHead(302, { location: '/new/1@x/t.mbox.gz' }).end();
      else if (asked.length < 4) response.writeHead(503, { 'retry-after': '0' }).end();
      else response.end(gzipSync(mail('1@x') + mail('2@x')));
    });
    expect(await read(`${base}/list/1@x/`)).toEqual(['1@x', '2@x']);
    expect(asked.at(-1)).toBe('/new/1@x/t.mbox.gz');
  });

  it('gives every message that index pages name, each once', async () => {
    const pages: Record<string, string> = {
      '/a/maillist.html':
        '<a href="msg00000.html">x</a><a href="mail2.html">next</a><a href="/b/msg1.html">y</a>',
      '/a/mail2.html': '<a href="msg00001.html#x">x</a><a href="maillist.html">back</a>',
      '/a/msg00000.html': page('1@x'),
      '/a/msg00001.html': page('2@x'),
    };
    const base = await serve(({ url = '' }, response) => {
      response.writeHead(pages[url] === undefined ? 404 : 200).end(pages[url]);
    });
    expect(await read(`${base}/a/maillist.html`)).toEqual(['1@x', '2@x']);
    expect(await read(`${base}/a/msg00001.html`)).toEqual(['2@x']);
    expect(await read(`${base}/a/none.html`)).toEqual([
      'archive-unusable an answer that cannot be used: status 404',
    ]);
  });

  it.each<[string, (base: string) => [number, Record<string, string>, string | Buffer]]>([
    ['redirects without end', (base: string) => [302, { location: `${base}/x` }, '']],
    ['a redirect to a file', () => [302, { location: 'file:///etc/passwd' }, '']],
    ['a server that stays busy', () => [503, {}, '']],
    ['an empty page', () => [200, {}, '<p>nothing</p>']],
    ['more bytes than allowed', () => [200, {}, 'x'.repeat(5000)]],
    ['a damaged archive', () => [200, {}, gzipSync(mail('1@x')).subarray(0, 40)]],
  ])('refuses %s', async (_name, answer) => {
    const base = await serve((_request, response) => {
      const [status, headers, body] = answer(base);
      response.writeHead(status, headers).end(body);
    });
    const found = await read(`${base}/x`, { ...LIMITS, bytes: 4000 });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^archive-unusable /);
  });

  it('does not wait for a server that says nothing', async () => {
    const base = await serve(() => undefined);
    const limits = { ...LIMITS, timeout: 50, tries: 2 };
    expect(await read(`${base}/x`, limits)).toEqual([
      'archive-unusable an answer that cannot be used: no answer in 50 ms',
    ]);
  });
});

describe('addresses', () => {
  it.each([
    ['https://example.org/l/1@x/', 'https://example.org/l/1@x/t.mbox.gz'],
    ['https://example.org/l/1%40x/T/#u', 'https://example.org/l/1%40x/t.mbox.gz'],
    ['https://example.org/l/1@x/t.mbox.gz', 'https://example.org/l/1@x/t.mbox.gz'],
    ['https://example.org/l/2020-01/', 'https://example.org/l/2020-01/'],
  ])('reads %s', (given, asked) => {
    expect(mboxAddress(given)).toBe(asked);
  });

  it('follows links within the folder only', () => {
    const html =
      '<a href="../msg1.html">a</a><a href="javascript:x">b</a><a href="msg2.html">c</a>';
    expect(linksOfIndex(html, 'https://example.org/a/index.html')).toEqual({
      messages: ['https://example.org/a/msg2.html'],
      indexes: [],
    });
  });
});
