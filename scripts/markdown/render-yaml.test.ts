import { expect, it } from 'vitest';
import { Document, isScalar, parse, visit } from 'yaml';
import { renderYaml } from './render-yaml.ts';

/** The same layout by the library’s own nodes. */
function byLibrary(data: object): string {
  const document = new Document(data, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Seq: (_key, node) => {
      const values = node.items.map((item) => (isScalar(item) ? String(item.value) : null));
      node.flow = values.every((value) => value !== null) && values.join(', ').length <= 80;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const shared = { path: 'a.c', line: 3 };

it.each<[string, object]>([
  ['nothing', {}],
  ['scalars', { text: 'word', number: -3, big: 0x1b0, real: 0.5, yes: true, none: null }],
  [
    'what a reader could take for something else',
    {
      a: 'yes',
      b: 'no',
      c: 'on',
      d: 'null',
      e: '~',
      f: '010',
      g: '0x1b',
      h: '2026-07-29',
      i: '1e3',
      j: '12:30:45',
      k: '',
      l: ' lead',
      m: 'trail ',
      n: '# c',
      o: 'a #b',
      p: 'a: b',
      q: 'a:',
      r: '- d',
      s: '@x',
      t: '%d',
      u: '`code`',
      v: "it's",
      w: '"quoted"',
      x: '\\',
      y: 'a\tb',
      z: 'é — “”',
      aa: '{',
      ab: '[a]',
      ac: '&x',
      ad: '*',
      ae: '!tag',
      af: '?',
      ag: '| x',
    },
  ],
  ['keys', { 'a b': 1, '#k': 2, yes: 3, '': 4, 'k: v': 5, "it's": 6, '- d': 7, '0x10': 8, '[': 9 }],
  [
    'short lists',
    {
      empty: [],
      words: ['a', 'b, c', '#', 'x: y', '', ' ', '~', '1'],
      mixed: [1, null, true, 'e]'],
    },
  ],
  ['a long list', { words: Array.from({ length: 30 }, (_, index) => `word${index}`) }],
  [
    'nesting',
    { a: { b: { c: [{ d: 1, e: [{ f: [] }, {}] }, [1, [2, { g: 'h' }]]] } }, i: [[]], j: {} },
  ],
  ['lines', { text: 'one\n\ntwo\n', list: [{ text: ' lead\nmore' }], last: 'no end\n  of line' }],
  ['no value', { here: 1, gone: undefined, list: [{ gone: undefined, here: 2 }] }],
  ['the same object twice', { first: shared, second: [shared, shared] }],
])('renders as the library does: %s', (_what, data) => {
  expect(renderYaml(data)).toBe(byLibrary(data));
  expect(parse(renderYaml(data))).toEqual(parse(byLibrary(data)));
});

it('gives each line of a list of texts with lines its place', () => {
  expect(renderYaml({ list: ['one\ntwo', 'three'] })).toBe(
    'list:\n  - |-\n    one\n    two\n  - three\n',
  );
});

it('puts remarks above the keys of the data', () => {
  expect(renderYaml({ a: 1, b: { a: 2 } }, { a: 'What it is.', b: 'More.' })).toBe(
    '# What it is.\na: 1\n# More.\nb:\n  a: 2\n',
  );
});
