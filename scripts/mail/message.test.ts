import { describe, expect, it } from 'vitest';
import { parseMessage } from './message.ts';
import { NAME_NOT_GIVEN } from './sender.ts';

const HEAD = [
  'From: =?utf-8?Q?J=C3=BCrgen_Beispiel?= <j@example.org>',
  'Date: Thu, 22 Aug 2019 11:36:58 -0600',
  'Message-ID: <one@example.org>',
  'Subject: [Xen-devel] =?utf-8?B?w4RuZGVydW5n?= of',
  ' the PIT',
];

async function parse(lines: readonly string[]) {
  return parseMessage(Buffer.from(lines.join('\r\n')), { path: 'test' }, 'xen-devel');
}

describe('parseMessage', () => {
  it('decodes names and subjects, and unfolds', async () => {
    const { mail, problems } = await parse([...HEAD, '', 'Text.']);
    expect(problems).toEqual([]);
    expect(mail).toMatchObject({
      id: 'one@example.org',
      idKind: 'message-id',
      date: '2019-08-22T17:36:58Z',
      from: 'Jürgen Beispiel',
      subject: '[Xen-devel] Änderung of the PIT',
      ancestors: [],
      texts: ['Text.'],
    });
  });

  it('reads the ancestors from References, folded and with comments', async () => {
    const { mail } = await parse([
      ...HEAD,
      'References: <a@x> <b@x>',
      '\t(note) <c@x> <one@example.org>',
      'In-Reply-To: <d@x>',
      '',
      'Text.',
    ]);
    expect(mail?.ancestors).toEqual(['a@x', 'b@x', 'c@x']);
  });

  it('falls back to In-Reply-To', async () => {
    const { mail } = await parse([...HEAD, 'In-Reply-To: Message of Friday <d@x>', '', 'Text.']);
    expect(mail?.ancestors).toEqual(['d@x']);
  });

  it('decodes base64, quoted-printable and format=flowed', async () => {
    const base64 = Buffer.from('> cpu\u00a0up\nDone.\n').toString('base64');
    const transfer = 'Content-Transfer-Encoding:';
    const type = 'Content-Type: text/plain; charset="utf-8"';
    const first = await parse([...HEAD, type, `${transfer} base64`, '', base64]);
    expect(first.mail?.texts[0]).toBe('> cpu up\nDone.\n');
    const quoted = await parse([
      ...HEAD,
      type,
      `${transfer} quoted-printable`,
      '',
      'gro=C3=9F=',
      '!',
    ]);
    expect(quoted.mail?.texts[0]).toBe('groß!');
    const flowed = await parse([
      ...HEAD,
      `${type}; Format="flowed"`,
      '',
      '> one ',
      '> two',
      'x ',
      'y',
    ]);
    expect(flowed.mail?.texts[0]?.trim()).toBe('> one two\nx y');
  });

  it('takes attached patches and leaves out other attachments', async () => {
    const part = (head: string, text: string) => ['--b', head, '', text];
    const { mail } = await parse([
      ...HEAD,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      ...part('Content-Type: text/plain', 'See below.'),
      ...part('Content-Type: text/x-patch; name="a.patch"', 'diff --git a/x.c b/x.c'),
      ...part('Content-Type: application/octet-stream; name="b.diff"', 'diff --git a/y.c b/y.c'),
      ...part(
        'Content-Type: text/plain; name="dmesg.txt"\r\nContent-Disposition: attachment',
        'log',
      ),
      ...part('Content-Type: image/png; name="c.png"', 'png'),
      '--b--',
    ]);
    expect(mail?.texts.map((text) => text.trim())).toEqual([
      'See below.',
      'diff --git a/x.c b/x.c',
      'diff --git a/y.c b/y.c',
    ]);
  });

  it('reads HTML when there is no plain text, without its scripts', async () => {
    const html = '<p>One</p><script>two()</script><blockquote>three</blockquote>';
    const { mail } = await parse([...HEAD, 'Content-Type: text/html', '', html]);
    expect(mail?.texts[0]).toBe('One\n> three');
  });

  it('keeps a message without a date, and invents none', async () => {
    const { mail, problems } = await parse([...HEAD.filter((l) => !l.startsWith('Date')), '', 'x']);
    expect(mail?.date).toBeNull();
    expect(problems.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['mail-incomplete', 'warning'],
    ]);
  });

  it('keys a message without Message-ID by list, date and sender', async () => {
    const { mail } = await parse([...HEAD.filter((l) => !l.startsWith('Message')), '', 'x']);
    expect(mail).toMatchObject({
      id: 'xen-devel/2019-08-22T17:36:58Z/beispiel-jurgen',
      idKind: 'archive-key',
    });
  });

  it('never keeps an address', async () => {
    const { mail } = await parse([
      'From: ada@example.org',
      'Date: Thu, 22 Aug 2019 11:36:58 -0600',
      'Message-ID: <one@example.org>',
      'Subject: mail ada@example.org <script>',
      '',
      'x',
    ]);
    expect(mail?.from).toBe(NAME_NOT_GIVEN);
    expect(mail?.subject).toBe('mail (address) <script>');
  });

  it('takes no header out of a header', async () => {
    const injected = Buffer.from('x\r\nMessage-ID: <evil@x>\r\n\r\nbody').toString('base64');
    const lines = HEAD.filter((line) => !/^Subject| the PIT/.test(line));
    const { mail } = await parse([...lines, `Subject: =?utf-8?B?${injected}?=`, '', 'x']);
    expect(mail?.id).toBe('one@example.org');
    expect(mail?.subject).not.toMatch(/[\r\n]/);
    expect(mail?.texts).toEqual(['x']);
  });

  it.each([
    ['no headers at all', Buffer.from('hello\n')],
    ['nothing', Buffer.alloc(0)],
    ['zero bytes', Buffer.alloc(5000)],
    ['a line of ten megabytes', Buffer.alloc(10_000_000, 0x61)],
    ['more than is read', Buffer.alloc(33 * 1024 * 1024, 0x61)],
  ])('reports %s', async (_name, raw) => {
    const { mail, problems } = await parseMessage(raw, { path: 'test' }, 'xen-devel');
    expect(mail).toBeUndefined();
    expect(problems.map(({ kind }) => kind)).toEqual(['mail-unreadable']);
  });

  it('survives parts that never end', async () => {
    const open = Array.from({ length: 200 }, (_, i) => [
      `Content-Type: multipart/mixed; boundary="b${i}"`,
      '',
      `--b${i}`,
    ]);
    const { mail } = await parse([...HEAD, ...open.flat(), '', 'text']);
    expect(mail?.id).toBe('one@example.org');
  });
});
