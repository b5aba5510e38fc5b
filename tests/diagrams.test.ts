/** The diagrams that are made of the committed content, counted again from the content itself. */
import { describe, expect, it } from 'vitest';
import { parseFilterState } from '../src/components/matrix/filter-state.ts';
import { joinContent } from '../src/data/atlas.ts';
import { coverageOf } from '../src/data/coverage.ts';
import { doerRoute, doersOf, verdictRoute } from '../src/data/doers.ts';
import { emulatorReach } from '../src/data/emulator-reach.ts';
import { drawReach } from '../src/diagrams/reach-drawing.ts';
import { GUEST_TYPES, type GuestType } from '../src/model/guest-types.ts';
import { readPinned } from './pinned-content.ts';
import { flawsOf } from './sound-drawing.ts';

const { content } = await readPinned();
const atlas = joinContent(content);
const { rows } = atlas;
const total = (counts: readonly { readonly count: number }[]) =>
  counts.reduce((sum, { count }) => sum + count, 0);

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

const FAMILIES: readonly (readonly GuestType[])[] = [
  ['pvh', 'hvm', 'pvh-dom0'],
  ['pv', 'pv-dom0', 'pv-shim'],
];

describe.each(FAMILIES)('the reach of the emulator for %s, %s and %s', (...guests) => {
  const reach = emulatorReach(content.facts, guests);
  const drawing = drawReach(reach, () => undefined, 'x'.repeat(201));
  const callers = content.facts.filter(
    (fact) =>
      fact.kind === 'emulator-caller' &&
      guests.some((guest) => fact.guests[guest].some(({ how }) => how !== 'absent')),
  );

  it('is drawn without a flaw, and in the same way every time', () => {
    expect(flawsOf(drawing)).toEqual([]);
    expect(drawReach(reach, () => undefined, drawing.description)).toEqual(drawing);
  });

  it('has every call that a fact states, and no other', () => {
    const drawn = [...reach.entries, ...reach.shared].flatMap(({ calls }) => calls);
    expect(drawn.map(({ id }) => id).sort()).toEqual(callers.map(({ id }) => id).sort());
    const edges = drawing.arrows.filter(({ from }) => !from.startsWith('cause-'));
    const stated = new Set(
      callers.flatMap((fact) =>
        fact.kind === 'emulator-caller'
          ? [`${fact.attributes.caller} ${fact.attributes.callee}`]
          : [],
      ),
    );
    const unstated = edges.filter(
      ({ from, to }) => !stated.has(`${from} ${to}`) && !to.startsWith('opcodes-'),
    );
    expect(unstated).toEqual([]);
    expect(stated.size).toBe(
      new Set(
        edges.filter(({ to }) => !to.startsWith('opcodes-')).map(({ from, to }) => `${from} ${to}`),
      ).size,
    );
  });

  it('has every exit that can end in the emulator, once', () => {
    const exits = content.facts.filter(
      (fact) =>
        fact.kind === 'vm-exit' &&
        fact.attributes.emulatorPath.length + fact.attributes.decoderPath.length > 0 &&
        guests.some((guest) => fact.guests[guest].some(({ how }) => how !== 'absent')),
    );
    const drawn = reach.causes.flatMap(({ ways }) => ways.flatMap(({ facts }) => facts));
    const drawnExits = drawn.filter(({ kind }) => kind === 'vm-exit').map(({ id }) => id);
    expect(drawnExits.sort()).toEqual(exits.map(({ id }) => id).sort());
  });

  it('has as many labels as the facts about maps', () => {
    const labels = content.facts.flatMap((fact) =>
      fact.kind === 'opcode-map' && fact.attributes.part === 'map'
        ? [fact.attributes.labels ?? 0]
        : [],
    );
    const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
    expect(sum(reach.encodings.map((own) => own.labels))).toBe(sum(labels));
  });
});

describe('the bars of coverage', () => {
  const coverage = coverageOf(atlas);

  it('hold every cell of the matrix once, by verdict and by origin', () => {
    const byOrigin = coverage.cellsByOrigin.map((own) => ({ count: own.total }));
    expect([total(coverage.shares), total(byOrigin)]).toEqual([coverage.cells, coverage.cells]);
    expect(coverage.cells).toBe(rows.length * GUEST_TYPES.length);
  });

  it('hold every cell of the facts once, kind by kind', () => {
    for (const { kind, cells, shares, cellsByOrigin } of coverage.facts) {
      const byOrigin = cellsByOrigin.map((own) => ({ count: own.cells }));
      expect([kind, total(shares), total(byOrigin)]).toEqual([kind, cells, cells]);
    }
  });

  it('tell what is taken over from a fact as the rows say it', () => {
    const taken = content.features.flatMap(({ guests }) =>
      GUEST_TYPES.filter((guest) => 'from' in guests[guest]),
    );
    expect(coverage.takenOver).toBe(taken.length);
  });
});
