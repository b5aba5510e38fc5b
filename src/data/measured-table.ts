/** Measurements side by side: a row for each probe, a cell for each guest. */

import type { Tried } from '../model/measured.ts';
import { compareReleases } from '../model/release.ts';
import {
  type ComparedMeasurement,
  type ComparedResult,
  measuredBranch,
  resultWords,
} from './measured.ts';

/** What one guest did with a probe, by release; releases that agree stand together. */
export interface MeasuredCell {
  readonly result: ComparedResult;
  /** Branches, oldest first. */
  readonly branches: readonly string[];
}

export interface MeasuredRow {
  readonly probe: string;
  readonly subject: string;
  readonly facts: readonly string[];
  /** By the name of the guest; empty where it was not tried there. */
  readonly cells: ReadonlyMap<string, readonly MeasuredCell[]>;
}

export interface MeasuredTable {
  readonly tried: Tried;
  readonly rows: readonly MeasuredRow[];
}

/** The name of the guest in the id of a measurement, such as `pv-dom0`. */
export function guestOf({ id }: Pick<ComparedMeasurement, 'id'>): string {
  return id.split('/')[1] ?? id;
}

function sameResult(a: ComparedResult, b: ComparedResult): boolean {
  return (
    a.class === b.class &&
    a.exception === b.exception &&
    a.value === b.value &&
    a.verdict === b.verdict
  );
}

function addCell(cells: readonly MeasuredCell[], result: ComparedResult, branch: string) {
  const same = cells.find((cell) => sameResult(cell.result, result));
  if (same === undefined) return [...cells, { result, branches: [branch] }];
  return cells.map((cell) =>
    cell === same ? { ...cell, branches: [...cell.branches, branch] } : cell,
  );
}

/** Tables for each thing that probes try, in the order in which they are tried; oldest release first in a cell. */
export function measuredTables(measurements: readonly ComparedMeasurement[]): MeasuredTable[] {
  const ordered = [...measurements].sort((a, b) =>
    compareReleases(measuredBranch(a), measuredBranch(b)),
  );
  const rows = new Map<string, MeasuredRow & { tried: Tried }>();
  for (const measurement of ordered) {
    for (const result of measurement.results) {
      const { probe, subject, facts, tried } = result;
      const row = rows.get(probe) ?? { probe, subject, facts, tried, cells: new Map() };
      const guest = guestOf(measurement);
      const cell = addCell(row.cells.get(guest) ?? [], result, measuredBranch(measurement));
      rows.set(probe, { ...row, cells: new Map([...row.cells, [guest, cell]]) });
    }
  }
  const kinds = [...new Set([...rows.values()].map(({ tried }) => tried))];
  return kinds.map((tried) => ({
    tried,
    rows: [...rows.values()].filter((row) => row.tried === tried),
  }));
}

/** The cell in words: `#GP`, or `Xen: 0x0 (4.17), 0x1 (4.20)` where releases differ. */
export function cellWords(cells: readonly MeasuredCell[]): string {
  const [first, ...others] = cells;
  if (first === undefined) return '';
  if (others.length === 0) return resultWords(first.result);
  return cells
    .map(({ result, branches }) => `${resultWords(result)} (${branches.join(', ')})`)
    .join('; ');
}
