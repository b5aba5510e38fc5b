import type { MeasuredResult, Measurement } from '../../src/schema/measurement.ts';

type Outcome = Pick<MeasuredResult, 'class' | 'exception' | 'value'>;

function outcomeOf({ class: result, exception, value }: Outcome): Outcome {
  return {
    class: result,
    ...(exception === undefined ? {} : { exception }),
    ...(value === undefined ? {} : { value }),
  };
}

function isSame(a: Outcome, b: Outcome): boolean {
  return a.class === b.class && a.exception === b.exception && a.value === b.value;
}

/**
 * A measurement with what the same Xen did under another QEMU, where that is not the same: there the emulator decides,
 * and nothing can be concluded about Xen.
 */
export function crossMeasurements(measurement: Measurement, other: Measurement): Measurement {
  const others = new Map(other.results.map((result) => [result.probe, result]));
  const results = measurement.results.map((result) => {
    const there = others.get(result.probe);
    return there === undefined || isSame(result, there)
      ? result
      : { ...result, other: outcomeOf(there) };
  });
  return { ...measurement, crossed: other.qemu, results };
}

/** A measurement as it is without the other QEMU. */
export function uncrossed(measurement: Measurement): Measurement {
  const results = measurement.results.map(({ other: _, ...result }) => result);
  return { ...measurement, crossed: null, results };
}
