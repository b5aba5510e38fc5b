import { expect, it } from 'vitest';
import { hashWord, WordFilter } from './word-filter.ts';

it('never denies a word that stands in the text', () => {
  const words = Array.from({ length: 5000 }, (_, index) => `word_${index * 7919}`);
  const filter = new WordFilter(words.join('(é'));
  expect(words.filter((word) => !filter.mayHold(hashWord(word)))).toEqual([]);
});

it('denies most words that do not', () => {
  const filter = new WordFilter(
    Array.from({ length: 5000 }, (_, index) => `word_${index}`).join(', '),
  );
  const others = Array.from({ length: 5000 }, (_, index) => `other_${index}`);
  expect(others.filter((word) => filter.mayHold(hashWord(word))).length).toBeLessThan(1000);
  expect(filter.mayHold(hashWord('word'))).toBe(false);
});

it('holds nothing of an empty text', () => {
  expect(new WordFilter('').mayHold(hashWord('word'))).toBe(false);
});
