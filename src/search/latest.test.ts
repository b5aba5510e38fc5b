import { expect, it } from 'vitest';
import { latestOnly } from './latest.ts';

it('hands on what was begun last, whichever ends first', async () => {
  const shown: string[] = [];
  const show = latestOnly();
  const slow = Promise.withResolvers<string>();
  const quick = Promise.withResolvers<string>();
  const both = [
    show(slow.promise, (value) => shown.push(value)),
    show(quick.promise, (value) => shown.push(value)),
  ];
  quick.resolve('second');
  slow.resolve('first');
  await Promise.all(both);
  expect(shown).toEqual(['second']);
});
