import type { GuestType } from '../model/guest-types.ts';
import { BYS, type By, type Handling } from '../model/handling.ts';
import type { FeatureRow } from './atlas.ts';
import {
  BY_NAMES,
  filterOf,
  type HandlingSymbolName,
  SYMBOL_ORDER,
  symbolOf,
} from './handling-words.ts';
import { matrixRoute } from './routes.ts';

/** Who does what a cell says; a handling without a doer is nobody’s, and one that is not established has none yet. */
export type Doer = By | 'nobody' | 'not-established';

/** From the guest outwards; the same order for every guest type, so that their pictures compare. */
export const DOERS: readonly Doer[] = [...BYS, 'nobody', 'not-established'];

/** In how many rows something is so by default, and in how many more it is so under a condition only. */
export interface RowCount {
  readonly byDefault: number;
  readonly sometimes: number;
}

/** What a doer does, and in how many rows. */
export interface VerdictCount extends RowCount {
  readonly symbol: HandlingSymbolName;
}

/** A doer with the rows in which it takes part; a row counts once. */
export interface DoerCount extends RowCount {
  readonly doer: Doer;
  /** In the order of the vocabulary. */
  readonly verdicts: readonly VerdictCount[];
}

/** A doer as a heading. */
export const DOER_TITLES: Readonly<Record<Doer, string>> = {
  cpu: 'The CPU',
  xen: 'Xen',
  qemu: 'QEMU',
  dom0: 'dom0',
  shim: 'The shim',
  firmware: 'The firmware',
  guest: 'The guest',
  nobody: 'Nobody',
  'not-established': 'Not established',
};

export function doerOf({ how, by }: Pick<Handling, 'how' | 'by'>): Doer {
  if (how === 'unknown') return 'not-established';
  return by ?? 'nobody';
}

type Cell = readonly Pick<Handling, 'how' | 'by'>[];

function countCells(cells: readonly Cell[], is: (handling: Cell[number]) => boolean): RowCount {
  const byDefault = cells.filter(([first]) => first !== undefined && is(first)).length;
  return { byDefault, sometimes: cells.filter((cell) => cell.some(is)).length - byDefault };
}

/**
 * Who handles the rows of the matrix for a guest type. The numbers by default add up to the number of rows; a row in
 * which two take part under different conditions counts as `sometimes` for each that is not its default.
 */
export function doersOf(
  rows: readonly Pick<FeatureRow, 'guests'>[],
  guest: GuestType,
): DoerCount[] {
  const cells = rows.map((row) => row.guests[guest]);
  return DOERS.flatMap((doer) => {
    const own = countCells(cells, (handling) => doerOf(handling) === doer);
    if (own.byDefault + own.sometimes === 0) return [];
    const verdicts = SYMBOL_ORDER.map((symbol) => ({
      symbol,
      ...countCells(
        cells,
        (handling) => doerOf(handling) === doer && symbolOf(handling) === symbol,
      ),
    })).filter(({ byDefault, sometimes }) => byDefault + sometimes > 0);
    return [{ doer, ...own, verdicts }];
  });
}

/** The rows of the matrix in which a doer takes part for a guest type, by default or under a condition. */
export function doerRoute(doer: Doer, guest: GuestType): string {
  if (doer === 'not-established') return matrixRoute({ how: 'unknown', columns: guest });
  return matrixRoute(
    doer === 'nobody' ? { how: 'absent', columns: guest } : { by: doer, columns: guest },
  );
}

/** The rows in which a doer does one thing, as far as the filters of the matrix tell. */
export function verdictRoute(doer: Doer, symbol: HandlingSymbolName, guest: GuestType): string {
  const by = doer === 'nobody' || doer === 'not-established' ? {} : { by: doer };
  return matrixRoute({ how: filterOf({ symbol }).how, ...by, columns: guest });
}

/** How much is emulated by default for a guest type, and by whom: `2 of the 9 rows … are emulated: 1 by Xen, 1 by QEMU.` */
export function emulatedWords(
  rows: readonly Pick<FeatureRow, 'guests'>[],
  guest: GuestType,
): string {
  const emulated = rows
    .flatMap((row) => row.guests[guest].slice(0, 1))
    .filter(({ how }) => how === 'emulated');
  const counts = BYS.map((by) => ({ by, count: emulated.filter((own) => own.by === by).length }))
    .filter(({ count }) => count > 0)
    .map(({ by, count }) => `${count === emulated.length ? 'all' : count} by ${BY_NAMES[by]}`);
  const all = `${emulated.length} of the ${rows.length} rows of the matrix are emulated by default`;
  return counts.length === 0 ? `${all}.` : `${all}: ${counts.join(', ')}.`;
}
