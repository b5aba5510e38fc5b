import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { GuideEntry } from './atlas.ts';
import { guidesInOrder } from './guides.ts';

describe('guidesInOrder', () => {
  it('goes by place, then by id', () => {
    const [guide] = SAMPLE.guides;
    const at = (id: string, order: number): GuideEntry[] =>
      guide === undefined ? [] : [{ ...guide, id, order }];
    const guides = [...at('b', 2), ...at('c', 1), ...at('a', 2)];
    expect(guidesInOrder(guides).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});
