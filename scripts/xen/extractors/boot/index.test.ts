import { beforeAll, describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import type { Corpus } from '../../corpus.ts';
import { boot } from './index.ts';
import { TOPICS } from './topics.ts';

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function changed(path: string, change: (text: string) => string) {
  const texts = new Map(whole.texts);
  texts.set(path, change(texts.get(path) ?? ''));
  return boot.extract(whole.withTexts(texts));
}

describe('boot', () => {
  it('tells a constant that belongs to no topic', () => {
    const path = 'xen/include/public/features.h';
    const { problems } = changed(path, (text) => `${text}#define XENFEAT_wheels 99 \n`);
    expect(problems).toMatchObject([{ kind: 'construct-unknown', actual: '`XENFEAT_wheels`' }]);
  });

  it('yields nothing without one of the lists', () => {
    const { facts, problems } = changed('tools/libacpi/libacpi.h', () => '');
    expect(facts).toEqual([]);
    expect(problems).toMatchObject([
      { kind: 'construct-missing', actual: expect.stringContaining('boot/acpi-flags') },
    ]);
  });

  it('names the constants that the tree has', () => {
    const fact = boot.extract(whole).facts.find(({ id }) => id === 'boot/callback-via');
    expect(fact?.attributes.names).toContain('HVMIRQ_callback_vector');
    expect(fact?.title).toBe('Callback types');
  });
});

it('names each topic and each constant once, and cites something for each cell', () => {
  const ids = TOPICS.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const names = TOPICS.flatMap((topic) => topic.names ?? []);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  for (const { id, guests } of boot.extract(whole).facts) {
    const cells = Object.values(guests).flat();
    expect([id, cells.filter(({ evidence }) => evidence.length === 0)]).toEqual([id, []]);
    expect([id, cells.filter(({ note }) => note === '')]).toEqual([id, []]);
  }
});
