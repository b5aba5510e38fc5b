import { describe, expect, it } from 'vitest';
import { facetValueTitle, sortFacetValues } from './facet-words.ts';

describe('the words of the facets', () => {
  it('stand in the order of the vocabulary, what it does not have last', () => {
    expect(sortFacetValues('guest', ['arm', 'zzz', 'hvm', 'pv', 'pvh', 'pv'])).toEqual([
      'pv',
      'pvh',
      'hvm',
      'arm',
      'zzz',
    ]);
  });

  it('are what readers know', () => {
    expect(facetValueTitle('guest', 'pvh')).toBe('PVH domU');
    expect(facetValueTitle('collection', 'thread')).toBe('Thread');
    expect(facetValueTitle('how', 'emulated')).toBe('emulated');
    expect(facetValueTitle('area', 'unheard-of')).toBe('unheard-of');
  });
});
