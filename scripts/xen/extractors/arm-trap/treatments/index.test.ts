/** The tables of Arm's traps: in every release that is read, one row speaks for each name. */

import { describe, expect, it } from 'vitest';
import { isInSpan } from '../../../../../src/model/release.ts';
import { EXTRAS } from '../extras/index.ts';
import { CONTROLS } from './controls.ts';
import { TREATMENTS } from './index.ts';

const RELEASES = Array.from({ length: 10 }, (_, index) => `4.${13 + index}.0`);

function twice(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

describe.each(RELEASES)('in %s', (release) => {
  it('no label has two treatments', () => {
    const applying = TREATMENTS.filter((one) => isInSpan(one, release));
    expect(
      twice(applying.flatMap((one) => one.labels.map((label) => `${one.in} ${label}`))),
    ).toEqual([]);
  });

  it('no bit of the trap controls has two meanings, or none', () => {
    const counts = Object.entries(CONTROLS).map(([bit, controls]) => [
      bit,
      controls.filter((one) => isInSpan(one, release)).length,
    ]);
    expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
  });

  it('nothing untrapped stands twice', () => {
    expect(twice(EXTRAS.filter((one) => isInSpan(one, release)).map(({ id }) => id))).toEqual([]);
  });
});
