import { describe, expect, it } from 'vitest';
import { parseXl } from './xl-parser.ts';

/** Each key with its value, as libxlu 4.22 stores it. */
function read(text: string) {
  const { settings, problems } = parseXl(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return settings.map(({ line, key, value }) => [line, key, value]);
}

/** The lines at which the parser of xl 4.22 says that it cannot go on, and what it finds there. */
function errors(text: string) {
  return parseXl(text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ line, actual }) => [line, actual]);
}

describe('parseXl reads as libxlu does', () => {
  it.each([
    ['a=1', [[1, 'a', '1']]],
    ['', []],
    [';;;\n', []],
    ['a=1\n#c\n', [[1, 'a', '1']]],
    [
      'a = "x"; b=2\nc=[1,\n "2", # x\n 3,]\n',
      [
        [1, 'a', 'x'],
        [1, 'b', '2'],
        [2, 'c', ['1', '2', '3']],
      ],
    ],
    ['a=[]\n', [[1, 'a', []]]],
    ['a=[[1,2],["x=1"]]\n', [[1, 'a', [['1', '2'], ['x=1']]]]],
    ['a=[[\n1\n]\n]\n', [[1, 'a', [['1']]]]],
    ['a=[[],[]]\n', [[1, 'a', [[], []]]]],
    ['a=[ # x\n1 ]\n', [[1, 'a', ['1']]]],
    ['a.b_c=1\n', [[1, 'a.b_c', '1']]],
    [
      'a=0x1f\nb=017\n',
      [
        [1, 'a', '0x1f'],
        [2, 'b', '017'],
      ],
    ],
    ['\n\n  a\t=\t"#;[]"\n', [[3, 'a', '#;[]']]],
  ])('%j', (text, settings) => {
    expect(read(text)).toEqual(settings);
  });

  it.each([
    [String.raw`'it\'s'`, "it's"],
    [String.raw`"\n\t\\\""`, '\n\t\\"'],
    [String.raw`"\101b"`, 'b'],
  ])('the string %s', (written, value) => {
    expect(read(`a=${written}\n`)).toEqual([[1, 'a', value]]);
  });

  it('adds strings to strings and lists to lists', () => {
    expect(read('a+="1"\na+="2"\nb=[1]\nb+=["x"]\n')).toEqual([
      [1, 'a', '1'],
      [2, 'a', '12'],
      [3, 'b', ['1']],
      [4, 'b', ['1', 'x']],
    ]);
  });

  it('takes the last of two, and says so', () => {
    const { settings, problems } = parseXl('a=1\n\na=2\n');
    expect(settings.at(-1)?.value).toBe('2');
    expect(problems).toMatchObject([{ kind: 'xl-duplicate', severity: 'warning', line: 3 }]);
  });
});

describe('parseXl stops where libxlu stops', () => {
  it.each([
    ['a=1\n# c', 2, 'the end of the file in a comment'],
    ['a=[,]\n', 1, '`,`'],
    ['a=[1,,2]\n', 1, '`,`'],
    ['a=[1;2]\n', 1, '`;`'],
    ['a=[1\n2]\n', 2, '`2`'],
    ['a=[1\nb=2\n', 2, '`b`'],
    ['a=[1\n', 2, 'the end of the file'],
    ['a=1\r\n', 1, 'a carriage return'],
    ['\uFEFFa=1\n', 1, 'a byte order mark'],
    ['Foo=1\nb=2\n', 1, '`Foo=1`'],
    ['a=def\nb=1\n', 1, '`def`'],
    ['a=1 b=2\nc=3\n', 1, '`b`'],
    ['a="unterminated\nb=1\n', 1, '`"unterminated` without an end'],
    ['a=0x1F\n', 1, '`F`'],
    ['a=\n', 1, 'the end of the line'],
    ['a\n', 1, 'the end of the line'],
    ['=1\n', 1, '`=`'],
    ['a=-1\n', 1, '`-1`'],
    ['a="x""y"\n', 1, '`y`'],
    ['a=12k\n', 1, '`k`'],
    ['a=1]\n', 1, '`]`'],
    ['b=(1)\n', 1, '`(1)`'],
    [String.raw`a="\q"`, 1, String.raw`the escape ${'`'}\q${'`'}`],
    [String.raw`a="\x41"`, 1, String.raw`the escape ${'`'}\x${'`'}`],
    ['a=[1]\na+="x"\n', 2, '`a +=` that adds a list to a string or a string to a list'],
  ])('%j', (text, line, actual) => {
    expect(errors(text)[0]).toEqual([line, actual]);
  });

  it('goes on with the next line', () => {
    expect(errors('a=b\n\nc=*\nd=1\nE=2\n').map(([line]) => line)).toEqual([1, 3, 5]);
    expect(parseXl('a=b\nd=1\n').settings).toMatchObject([{ key: 'd', line: 2 }]);
  });
});

describe('parseXl bears hostile input', () => {
  it('deep nesting', () => {
    const nested = (depth: number) => `a=${'['.repeat(depth)}1${']'.repeat(depth)}\n`;
    expect(errors(nested(4000))).toEqual([]);
    expect(errors(nested(100_000))).toHaveLength(1);
  });

  it('a line of ten million characters, and as many settings as fit in a second', () => {
    expect(errors(`a="${'x'.repeat(10_000_000)}"\n`)).toEqual([]);
    expect(read(`a="${'\\\\'.repeat(1_000_000)}"\n`)).toHaveLength(1);
    expect(parseXl('a=1;'.repeat(50_000)).settings).toHaveLength(50_000);
    expect(errors('\0'.repeat(100_000))).toHaveLength(1);
  });

  it('characters that do not show', () => {
    expect(errors('a=\u202e\n')).toEqual([[1, '`<U+202E>`']]);
  });

  it('any mixture of its tokens, with lines that are in the file', () => {
    const words = ['a', '1', '"s"', '[', ']', ',', '=', '+=', ';', '\n', '#', "'", '\\', 'A', ' '];
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: 12 }, () => words[next(words.length)]).join('');
      const lines = text.split('\n').length;
      for (const { line = 0 } of parseXl(text).problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines);
      }
    }
  });
});
