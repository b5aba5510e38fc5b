import { describe, expect, it } from 'vitest';
import { listThreads } from './listed-threads.ts';
import { createScanner } from './scan.ts';
import { chooseThreads, parseRule, type Rule } from './select.ts';

const scan = createScanner({ lexicon: true, symbols: ['io_emul_stub_setup'] });

function message(id: string, body: string, headers = ''): ReturnType<typeof scan> {
  const bytes = Buffer.from(
    `From: Ada <a@x>\nDate: Thu, 2 Jan 2020 03:04:0${id.slice(0, 1)} +0000\nMessage-ID: <${id}>\n${headers}\n${body}`,
  );
  return scan({ kind: 'message', bytes, place: { path: id } });
}

const SCANS = [
  message('1@x', 'The HPET of a PVH guest, and its PIT.\n'),
  message('2@x', 'No.\n> The HPET.\n', 'In-Reply-To: <1@x>\n'),
  message('3@x', 'A wheel.\n> io_emul_stub_setup()\n'),
  message('4@x', 'Nothing.\n'),
  message('1@x', 'The same again.\n'),
];

const choose = (...rules: Rule[]) =>
  chooseThreads(SCANS, rules).map(({ root, items, reasons }) => [root, items, reasons]);

describe('createScanner', () => {
  it('reads own lines, whatever their encoding, and leaves out quotations and patches', () => {
    const text = 'The PIT.\n> The HPET.\ndiff --git a/x b/x\n+RTC\n';
    expect(message('1@x', text)?.features).toEqual(['time/pit']);
    const base64 = 'Content-Transfer-Encoding: base64\n';
    expect(message('1@x', Buffer.from(text).toString('base64'), base64)?.features).toEqual([
      'time/pit',
    ]);
    const parts = 'Content-Type: multipart/mixed; boundary="b"\n';
    const body = `--b\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nThe P=\nIT.\n--b\nContent-Type: image/png\n\nRTC\n--b--\n`;
    expect(message('1@x', body, parts)?.features).toEqual(['time/pit']);
  });

  it('leaves out what has no Message-ID', () => {
    const bytes = Buffer.from('From: a@x\n\nPIT');
    expect(scan({ kind: 'message', bytes, place: { path: 'a' } })).toBeNull();
  });
});

describe('chooseThreads', () => {
  it('takes whole threads by score and says why', () => {
    expect(choose({ by: 'lexicon', least: 4 })).toEqual([
      ['1@x', [0, 1], ['lexicon 4: time/hpet 1, time/pit 1']],
    ]);
    expect(choose({ by: 'lexicon', least: 5 })).toEqual([]);
  });

  it('takes threads by symbol and by Message-ID', () => {
    expect(
      choose({ by: 'symbol', name: 'io_emul_stub_setup' }, { by: 'message', id: '2@x' }),
    ).toEqual([
      ['1@x', [0, 1], ['message asked for']],
      ['3@x', [2], ['symbol io_emul_stub_setup in 1']],
    ]);
  });
});

describe('parseRule', () => {
  it.each([
    ['lexicon', { by: 'lexicon', least: 20 }],
    ['lexicon=7', { by: 'lexicon', least: 7 }],
    ['symbol=a_b', { by: 'symbol', name: 'a_b' }],
    ['message=<a@x>', { by: 'message', id: 'a@x' }],
    ['symbol=(a+)+', undefined],
    ['lexicon=many', undefined],
    ['other', undefined],
  ])('reads %s', (text, rule) => {
    expect(parseRule(text)).toEqual(rule);
  });
});

describe('listThreads', () => {
  const before = '# Words.\nxen: 1\nthreads:\n  - id: b # kept\n    root: b@x\n';

  it('adds threads in order, keeps comments, and is the same the second time', () => {
    const listed = [{ id: 'a', root: 'a@x', chosen: ['why: so'] }];
    const text = listThreads(before, listed);
    expect(text).toBe(
      '# Words.\nxen: 1\nthreads:\n  - id: a\n    root: a@x\n    chosen:\n      - "why: so"\n  - id: b # kept\n    root: b@x\n',
    );
    expect(listThreads(text, listed)).toBe(text);
  });
});
