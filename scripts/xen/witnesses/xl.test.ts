/** What the manual page, xl and libxl say of xl.cfg, on the made-up tree. */
import { beforeAll, expect, it } from 'vitest';
import { corpusOf } from '../../../tests/xen-corpus.ts';
import { readFixture } from '../../../tests/xen-fixture.ts';
import type { Corpus } from '../corpus.ts';
import { deviceModel } from '../extractors/device-model/index.ts';
import { compareWitnesses, type WitnessPair } from '../witness.ts';
import { xlDefaults } from './xl-defaults.ts';
import { xlEffects } from './xl-effects.ts';
import { xlKeys } from './xl-keys.ts';

let corpus: Corpus;

beforeAll(async () => {
  corpus = await corpusOf(await readFixture());
});

function compared(pair: WitnessPair, changed: Readonly<Record<string, [string, string]>> = {}) {
  const texts = new Map(corpus.texts);
  for (const [path, [from, to]] of Object.entries(changed)) {
    texts.set(path, (texts.get(path) ?? '').replace(from, to));
  }
  const tree = corpus.withTexts(texts);
  const { facts } = deviceModel.extract(tree);
  const { witnesses, problems } = compareWitnesses(tree, facts, [{ ...pair, minimum: 1 }]);
  expect(problems).toEqual([]);
  return witnesses[0];
}

const shortly = (witness: ReturnType<typeof compared>) =>
  witness?.disagreements.map(({ subject, first, second, facts }) => [
    subject,
    first.says,
    second.says,
    facts,
  ]);

it('compares the default that is documented with the one that is chosen', () => {
  const witness = compared(xlDefaults);
  expect(witness?.compared).toBe(4);
  expect(shortly(witness)).toEqual([
    ['`boot=` in xl.cfg', '`cd`', '`cda`', ['device-model/boot-order']],
  ]);
  const other = compared(xlDefaults, {
    'tools/libs/light/libxl_create.c': ['u.hvm.hpet, true', 'u.hvm.hpet, false'],
  });
  expect(shortly(other)).toContainEqual([
    '`hpet=` in xl.cfg',
    '`true`',
    '`false`',
    ['device-model/key-hpet'],
  ]);
});

it('finds keys that only one of the two knows', () => {
  expect(shortly(compared(xlKeys))).toEqual([
    ['`opengl=` in xl.cfg', 'does not document it', 'reads it', ['device-model/sdl']],
  ]);
  const unread = compared(xlKeys, { 'tools/xl/xl_parse.c': ['config, "boot"', 'other, "boot"'] });
  expect(shortly(unread)).toContainEqual([
    '`boot=` in xl.cfg',
    'documents it',
    'does not read it',
    ['device-model/boot-order'],
  ]);
});

it('finds keys whose field libxl never reads', () => {
  const found = shortly(compared(xlEffects));
  expect(found).toEqual([
    [
      '`opengl=` in xl.cfg',
      'fills `opengl` with it',
      'never reads the field',
      ['device-model/sdl'],
    ],
  ]);
});
