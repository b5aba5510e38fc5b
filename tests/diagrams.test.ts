/** The diagrams that are made of the committed content, counted again from the content itself. */
import { describe, expect, it } from 'vitest';
import { parseFilterState } from '../src/components/matrix/filter-state.ts';
import { joinContent } from '../src/data/atlas.ts';
import { doerRoute, doersOf, verdictRoute } from '../src/data/doers.ts';
import { GUEST_TYPES } from '../src/model/guest-types.ts';
import { readPinned } from './pinned-content.ts';

const { content } = await readPinned();
const { rows } = joinContent(content);

/** How many rows the matrix shows at an address, by the marks that its cells carry. */
function rowsAt(address: string): number {
  const { how, by, columns } = parseFilterState(new URL(address, 'https://atlas.example').search);
  return rows.filter((row) =>
    columns.some((guest) => {
      const cell = row.guests[guest];
      return (
        (how === '' || cell.some((own) => own.how === how)) &&
        (by === '' || cell.some((own) => own.by === by))
      );
    }),
  ).length;
}

describe.each(GUEST_TYPES)('who handles what for %s', (guest) => {
  const doers = doersOf(rows, guest);

  it('adds up to every row', () => {
    expect(doers.reduce((sum, { byDefault }) => sum + byDefault, 0)).toBe(rows.length);
    for (const { byDefault, verdicts } of doers) {
      expect(verdicts.reduce((sum, own) => sum + own.byDefault, 0)).toBe(byDefault);
    }
  });

  it('has as many rows as the matrix shows where it leads', () => {
    for (const { doer, byDefault, sometimes, verdicts } of doers) {
      expect([doer, rowsAt(doerRoute(doer, guest))]).toEqual([doer, byDefault + sometimes]);
      for (const { symbol, ...own } of verdicts) {
        // A cell may hold the verdict and the doer in two handlings: the matrix shows no fewer rows.
        expect(rowsAt(verdictRoute(doer, symbol, guest))).toBeGreaterThanOrEqual(
          own.byDefault + own.sometimes,
        );
      }
    }
  });
});
