/** Where two emulators of the machine do not agree on what a guest of the same Xen does. */

import type { MeasuredResult } from '../schema/measurement.ts';
import { type ComparedMeasurement, emulatorOf, measuredBranch, resultWords } from './measured.ts';

/** What became of a probe under each of two emulators, and the guests in which it did. */
export interface Dispute {
  readonly probe: string;
  readonly subject: string;
  /** Such as `QEMU 7.2: native`, the older release first. */
  readonly outcomes: readonly string[];
  /** Such as `PV domU (4.17, 4.20)`. */
  readonly guests: readonly string[];
}

function outcomesOf(
  { qemu, crossed }: ComparedMeasurement,
  result: MeasuredResult,
): readonly string[] {
  if (result.other === undefined || crossed === null) return [];
  const outcomes = [
    { emulator: emulatorOf(qemu), words: resultWords(result) },
    { emulator: emulatorOf(crossed), words: resultWords(result.other) },
  ];
  return outcomes
    .sort((a, b) => Number.parseFloat(a.emulator) - Number.parseFloat(b.emulator))
    .map(({ emulator, words }) => `QEMU ${emulator}: ${words}`);
}

/** All of them, in the order in which they are tried; guests with the same outcomes stand together. */
export function disputesOf(measurements: readonly ComparedMeasurement[]): Dispute[] {
  const found = new Map<string, { probe: string; subject: string; outcomes: readonly string[] }>();
  const places = new Map<string, Map<string, string[]>>();
  for (const measurement of measurements) {
    for (const result of measurement.results) {
      const outcomes = outcomesOf(measurement, result);
      if (outcomes.length === 0) continue;
      const { probe, subject } = result;
      const key = [probe, ...outcomes].join('\n');
      found.set(key, { probe, subject, outcomes });
      const guests = places.get(key) ?? new Map<string, string[]>();
      const branches = guests.get(measurement.title) ?? [];
      places.set(key, guests.set(measurement.title, [...branches, measuredBranch(measurement)]));
    }
  }
  const order = [
    ...new Set(measurements.flatMap(({ results }) => results.map((one) => one.probe))),
  ];
  return [...found]
    .map(([key, dispute]) => ({
      ...dispute,
      guests: [...(places.get(key) ?? [])].map(
        ([title, branches]) => `${title} (${branches.join(', ')})`,
      ),
    }))
    .sort((a, b) => order.indexOf(a.probe) - order.indexOf(b.probe));
}
