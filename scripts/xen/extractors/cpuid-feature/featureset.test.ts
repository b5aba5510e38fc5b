import { describe, expect, it } from 'vitest';
import { dependantsOf, parseDependencies } from './dependencies.ts';
import { exposureOf, parseFeatureset } from './featureset.ts';

const WORDS = `/* CPUID level 0x00000007:1.eax, word 0 */
/* CPUID level 0x80000008.ebx, word 1 */
/* MSR_WHEELS 0x10a.edx, word 2 (in terms of word 1) */
`;
const feature = (name: string, place: string, rest: string) =>
  `XEN_CPUFEATURE(${name}, ${place}) /*${rest} */\n`;

describe('parseFeatureset', () => {
  it('reads words of CPUID and of an MSR', () => {
    const { words, problems } = parseFeatureset(WORDS);
    expect(problems).toEqual([]);
    expect([...words.values()]).toEqual([
      { word: 0, leaf: 7, subleaf: 1, register: 'eax', msr: null },
      { word: 1, leaf: 0x80000008, subleaf: null, register: 'ebx', msr: null },
      { word: 2, leaf: null, subleaf: null, register: 'edx', msr: 0x10a },
    ]);
  });

  it.each([
    ['0*32+ 3', 'A  Wheel', { word: 0, bit: 3, letters: 'A', special: false, accumulates: false }],
    ['1*32+62', '!a Wheel', { word: 2, bit: 30, letters: 'a', special: true, accumulates: false }],
    ['0*32+0', '!| Wheel', { word: 0, bit: 0, letters: '', special: true, accumulates: true }],
    ['0*32+31', '   Wheel', { word: 0, bit: 31, letters: '', special: false, accumulates: false }],
  ])('reads %s %s', (place, rest, expected) => {
    const { features, problems } = parseFeatureset(WORDS + feature('WHEEL', place, rest));
    expect(problems).toEqual([]);
    expect(features).toEqual([{ name: 'WHEEL', line: 4, ...expected }]);
  });

  it.each([
    [feature('WHEEL', '0*32+ 3', 'Z  Wheel'), 'XEN_CPUFEATURE(WHEEL,'],
    ['XEN_CPUFEATURE(WHEEL, 3)\n', 'XEN_CPUFEATURE(WHEEL, 3)'],
    ['/* A leaf of nothing, word 9 */\n', 'word 9 of an unknown register'],
    [feature('WHEEL', '9*32+ 3', 'A  Wheel'), 'feature `WHEEL` in word 9'],
  ])('says what it does not understand: %j', (text, actual) => {
    expect(parseFeatureset(WORDS + text).problems).toMatchObject([
      { line: 4, actual: expect.stringContaining(actual) },
    ]);
  });
});

it.each([
  ['', 'none none none'],
  ['A', 'default default default'],
  ['a', 'max max max'],
  ['S', 'none default default'],
  ['H', 'none none default'],
  ['h', 'none none max'],
  ['aS', 'max default default'],
])('the letters %j expose', (letters, exposure) => {
  expect(Object.values(exposureOf(letters)).join(' ')).toBe(exposure);
});

describe('dependencies', () => {
  const { features } = parseFeatureset(
    WORDS +
      ['A', 'B', 'C', '3DWHEEL', 'E']
        .map((name, i) => feature(name, `0*32+ ${i}`, 'A  x'))
        .join(''),
  );
  const read = (body: string) => parseDependencies(`x\n    deps = {\n${body}\n    }\n`, features);

  it.each([
    ['        A: [B, C],', 'A', ['B', 'C']],
    ['        # B: [C]\n        A: [B],  # why', 'A', ['B']],
    ['        A: [B,\n            C] + [E],', 'A', ['B', 'C', 'E']],
    ['        B: feat_range(C, C + 1),', 'B', ['C', '3DWHEEL']],
    ['        B: list(range(C, C + 2)),', 'B', ['C', '3DWHEEL']],
    ['        _3DWHEEL: [A],', '3DWHEEL', ['A']],
    ['        A: [],', 'A', []],
  ])('%j', (body, name, direct) => {
    const dependencies = read(body);
    expect(dependencies.problems).toEqual([]);
    expect(dependencies.direct.get(name)).toEqual(direct);
  });

  it.each([
    ['        A: [WHEEL],', 3, '`WHEEL`'],
    ['        A: [B],\n        B: feat_range(A, C),', 4, '`a range`'],
    ['        A: wheels(B),', 2, 'in `deps`'],
    ['        A: feat_range(WHEEL, WHEEL + 1),', 3, '`a range`'],
  ])('says what it does not understand: %j', (body, line, actual) => {
    expect(read(body).problems).toMatchObject([{ line, actual: expect.stringContaining(actual) }]);
  });

  it('are followed to the end, in the order of the features, and circles end', () => {
    const direct = new Map([
      ['A', ['E', 'B']],
      ['B', ['C']],
      ['C', ['A']],
    ]);
    expect(dependantsOf('A', direct, features)).toEqual(['A', 'B', 'C', 'E']);
    expect(dependantsOf('E', direct, features)).toEqual([]);
  });

  it('are a problem when the dictionary is not there', () => {
    expect(parseDependencies('deps = wheels()\n', features).problems).toHaveLength(1);
  });
});
