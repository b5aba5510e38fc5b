import { describe, expect, it } from 'vitest';
import { cleanBody } from './clean-text.ts';
import { readHeaders } from './mail-headers.ts';
import { readMimeTexts } from './mime-texts.ts';
import { readPlainBody } from './plain-body.ts';

function split(headers: readonly string[], body: Buffer | string) {
  const head = ['Message-ID: <1@x>', ...headers, '', ''].join('\r\n');
  const raw = Buffer.concat([Buffer.from(head), Buffer.from(body)]);
  const section = readHeaders(raw);
  if (section === undefined) throw new Error('no headers');
  return { raw, section };
}

const type = (rest: string) => `Content-Type: text/plain${rest}`;
const encoding = (name: string) => `Content-Transfer-Encoding: ${name}`;
const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{8}/g, '$&\r\n');

describe('readPlainBody', () => {
  it.each([
    ['no type', [], 'One\r\ntwo\r\n'],
    ['ASCII', [type('; charset=us-ascii'), encoding('7bit')], 'One\n\n two'],
    ['bytes that are no UTF-8', [type('; charset=utf-8')], Buffer.from([0x61, 0xff, 0x62, 0x0a])],
    ['a body in base64', [type('; charset="UTF-8"'), encoding('BASE64')], base64('Grüße €\n')],
    [
      'a footer after base64',
      [type(''), encoding('base64')],
      `${base64('One')}\r\n___\r\nlist\r\n`,
    ],
    [
      'quoted-printable',
      [type('; charset=iso-8859-1'), encoding('quoted-printable')],
      'a=E4=\r\nb =\r\n=zz\r\n',
    ],
    ['format=flowed', [type('; format=flowed; delsp=yes')], '> a \r\n> b\r\nc \r\nd\r\n-- \r\ne'],
    ['a Chinese charset', [type('; charset=gbk')], Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x0a])],
    ['a Japanese charset', [type('; charset=iso-2022-jp')], '\x1b$B$"\x1b(B\n'],
    ['an unknown charset', [type('; charset=x-unknown')], 'a\xe9b\n'],
    ['a charset that is refused', [type('; charset=utf-7')], '+ADw-script+AD4-\n'],
    ['an encoding that is none', [type(''), encoding('x-uuencode')], 'begin 644\n'],
    ['a comment and a folded type', [type(' (note);\r\n charset=latin1')], 'a\xe9\n'],
    ['inline with a name', [type(''), 'Content-Disposition: inline; filename=a.txt'], 'One\n'],
  ])('reads %s as a MIME parser does', async (_what, headers, body) => {
    const { raw, section } = split(headers, body);
    const plain = readPlainBody(raw, section);
    expect(plain).toBeDefined();
    expect([cleanBody(plain ?? '')]).toEqual(await readMimeTexts(raw, section));
  });

  it.each([
    ['parts', ['Content-Type: multipart/mixed; boundary=b']],
    ['HTML', ['Content-Type: text/html']],
    ['an attachment', [type(''), 'Content-Disposition: attachment']],
    ['a name that tells the type', ['Content-Disposition: inline; filename=a.png']],
    ['two types', [type(''), 'Content-Type: text/html']],
    ['an encoding in quotes', [type(''), encoding('"base64"')]],
  ])('leaves %s to it', (_what, headers) => {
    const { raw, section } = split(headers, 'One');
    expect(readPlainBody(raw, section)).toBeUndefined();
  });
});
