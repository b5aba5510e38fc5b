import { expect, it } from 'vitest';
import { sourceOfRoute } from './last-changed.ts';
import { answerRoute, factRoute, featureRoute } from './routes.ts';

it('names the file of an entry by the address of its page', () => {
  expect(sourceOfRoute(featureRoute('time/pit'))).toBe('content/features/time/pit.md');
  expect(sourceOfRoute(factRoute('facts/msr/tsc'))).toBe('content/facts/msr/tsc.md');
  expect(sourceOfRoute(answerRoute('what is it'))).toBe('content/answers/what is it.md');
});

it('names none for lists and for pages that no entry has', () => {
  for (const route of ['/', '/features/', '/matrix/', '/symbols/pit_init/', '/compare/pv/hvm/']) {
    expect(sourceOfRoute(route)).toBeUndefined();
  }
});
