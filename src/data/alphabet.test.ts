import { expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { alphabetOf, initialOf } from './alphabet.ts';
import { deriveIdentifiers } from './identifiers.ts';
import { lookup } from './lookup.ts';

const index = deriveIdentifiers(SAMPLE);
const letters = alphabetOf(index, SAMPLE);
const all = letters.flatMap(({ names }) => names);

it.each([
  ['__do_softirq', 'D'],
  ['0xcf8', '0-9'],
  ['-kernel', 'K'],
  ['…', '0-9'],
])('puts %s under %s', (name, initial) => {
  expect(initialOf(name)).toBe(initial);
});

it('has every symbol, name and option, with the page that the search finds first', () => {
  const { symbol, name, option } = index.names;
  const known = [symbol, name, option].flatMap((names) => Object.keys(names));
  expect(known.length).toBeGreaterThan(5);
  for (const one of known) {
    const [entry] = all.filter((listed) => listed.name === one);
    const found = lookup(index, one).hits.flatMap(({ targets }) => targets.map(({ url }) => url));
    expect([one, found.includes(entry?.pages[0]?.href ?? '')]).toEqual([one, true]);
  }
});

it('has the titles of the rows, once each, under letters in their order', () => {
  const names = all.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(SAMPLE.features.map(({ title }) => title)));
  expect(new Set(names).size).toBe(names.length);
  expect(letters.map(({ id }) => id)).toEqual(letters.map(({ id }) => id).sort());
});
