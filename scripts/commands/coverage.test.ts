import { expect, it } from 'vitest';
import { joinContent } from '../../src/data/atlas.ts';
import { coverageOf } from '../../src/data/coverage.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { renderCoverage } from './coverage.ts';

it('has a line for each kind and origin, and one for the matrix', () => {
  const lines = renderCoverage(coverageOf(joinContent(SAMPLE)))
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual(['kind', 'origin', 'cells', 'unknown']);
  expect(lines).toContainEqual(['io-port', 'extracted', '24', '0']);
  expect(lines.at(-1)).toEqual(['matrix', 'all', '8', '0']);
});
