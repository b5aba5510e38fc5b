import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compareAll } from '../../src/data/measured.ts';
import type { MeasuredVerdict } from '../../src/data/measured-verdict.ts';
import type { Fact } from '../../src/schema/fact.ts';
import type { Measurement } from '../../src/schema/measurement.ts';
import { removeFile, writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import { crossMeasurements, uncrossed } from '../measure/cross.ts';
import { factsAt, measurementPath, renderMeasurement } from '../measure/derive-measurement.ts';
import type { MeasuredGuest } from '../measure/guests.ts';
import { buildImage } from '../measure/machine-image.ts';
import { preparePackages, type Suite } from '../measure/machine-packages.ts';
import { renderProbes } from '../measure/probe.ts';
import { allProbes } from '../measure/probes/index.ts';
import { type Prepared, runTrials, type Trial, unmeasured } from '../measure/trials.ts';
import { hasErrors, type Problem, problem } from '../problems/problem.ts';

export interface MeasureOptions {
  readonly root: string;
  /** Where packages and images are kept. */
  readonly cache: string;
  /** Releases of Debian. */
  readonly suites: readonly Suite[];
  readonly guests: readonly MeasuredGuest[];
  /** Whether each Xen also runs under the QEMU of the other suites, and what differs there is marked. */
  readonly cross: boolean;
  /** Whether these are all suites and all guests: what else there is in the content is then removed. */
  readonly isWhole: boolean;
  /** Writes nothing; a difference is a problem. */
  readonly check: boolean;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

export interface MeasureResult {
  readonly problems: readonly Problem[];
  readonly agrees: number;
  readonly disagrees: number;
  /** Results on which the emulators do not agree. */
  readonly disputed: number;
  readonly written: number;
}

/** What a run without the other QEMU and with other versions of the packages may be compared by. */
function comparable(measurement: Measurement, cross: boolean): Measurement['results'] {
  return (cross ? measurement : uncrossed(measurement)).results;
}

/** Measurements that differ from what was measured now. Other versions of packages are no difference. */
function stale(
  present: readonly Measurement[],
  measured: readonly Measurement[],
  { cross, isWhole }: MeasureOptions,
): Problem[] {
  const presentById = new Map(present.map((one) => [one.id, one]));
  const known = new Set(measured.map(({ id }) => id));
  const differing = measured.filter((one) => {
    const before = presentById.get(one.id);
    return !isDeepStrictEqual(before && comparable(before, cross), comparable(one, cross));
  });
  const gone = isWhole ? present.filter(({ id }) => !known.has(id)) : [];
  return [...differing, ...gone].map(({ id }) =>
    problem(
      'entry-stale',
      { path: `content/measurements/${id}.md` },
      {
        actual: 'a file that differs from what was measured now',
        expected: 'the same classes and values in every run',
        repair: 'npm run atlas -- measure --cross',
      },
    ),
  );
}

/** Writes what differs below `content/`, and removes what was not measured by a whole run. */
async function write(
  { root, isWhole }: MeasureOptions,
  present: readonly Measurement[],
  measured: readonly Measurement[],
): Promise<number> {
  const content = join(root, 'content');
  const presentById = new Map(present.map((one) => [one.id, one]));
  const changed = measured.filter((one) => !isDeepStrictEqual(presentById.get(one.id), one));
  for (const one of changed) await writeTextFile(content, renderMeasurement(one));
  const kept = new Set(measured.map(({ id }) => id));
  const gone = isWhole ? present.filter(({ id }) => !kept.has(id)).map(measurementPath) : [];
  for (const path of gone) await removeFile(content, path);
  return changed.length + gone.length;
}

async function prepare(
  { cache, guests, say }: MeasureOptions,
  suite: Suite,
  all: readonly Fact[],
): Promise<Prepared> {
  const facts = factsAt(all, suite.xen);
  say(`Fetching the packages of Debian ${suite.name}`);
  const packages = await preparePackages(cache, suite);
  say(`Building what is booted: Xen ${suite.xen}`);
  const folder = join(cache, suite.name, 'image');
  const image = await buildImage(packages, folder, renderProbes(allProbes(facts)), guests);
  return { packages, image, facts };
}

interface Measured {
  readonly measurements: readonly Measurement[];
  readonly problems: readonly Problem[];
}

async function measure(options: MeasureOptions, facts: readonly Fact[]): Promise<Measured> {
  const { suites, guests, cross, signal, say } = options;
  const problems: Problem[] = [];
  const prepared: Prepared[] = [];
  for (const suite of suites) {
    const one = await prepare(options, suite, facts).catch((error: unknown) => {
      problems.push(unmeasured(`Debian ${suite.name}`, error));
    });
    if (one === undefined || signal.aborted) break;
    prepared.push(one);
  }
  if (problems.length > 0 || signal.aborted) return { measurements: [], problems };
  const own = prepared.map((xen): Trial => ({ xen, qemu: xen.packages, guests }));
  const both = guests.filter(({ alone }) => alone !== true);
  const others = prepared.map((xen, index): Trial[] => {
    const other = prepared[(index + 1) % prepared.length];
    if (other === undefined || other === xen || !cross) return [];
    return [{ xen, qemu: other.packages, guests: both }];
  });
  const trials = [...own, ...others.flat()];
  say(`Running ${guests.length} guests of each Xen, ${trials.length} times in all`);
  const tried = await runTrials(trials, signal);
  const under = new Map(trials.map((trial, index) => [trial, tried[index]?.measurements ?? []]));
  const measurements = own.flatMap((trial, index) => {
    const [other] = others[index] ?? [];
    const there = new Map((other && under.get(other))?.map((one) => [one.id, one]));
    return (under.get(trial) ?? []).map((one) => {
      const twin = there.get(one.id);
      return twin === undefined ? one : crossMeasurements(one, twin);
    });
  });
  return { measurements, problems: tried.flatMap((one) => one.problems) };
}

/**
 * Runs every probe in every guest under an emulated machine, compares what they did with the facts of the release that
 * was run, and writes `content/measurements/`. An error or an interrupt leaves the content as it is.
 */
export async function runMeasure(options: MeasureOptions): Promise<MeasureResult> {
  const { content } = await readContent(options.root);
  const { measurements, problems } = await measure(options, content.facts);
  const results = compareAll({ facts: content.facts, measurements }).flatMap(
    (measurement) => measurement.results,
  );
  const count = (verdict: MeasuredVerdict) =>
    results.filter((result) => result.verdict === verdict).length;
  const counts = {
    agrees: count('agrees'),
    disagrees: count('disagrees'),
    disputed: count('disputed'),
    written: 0,
  };
  if (options.signal.aborted) {
    const interrupted = unmeasured('measurement', options.signal.reason);
    return { problems: [interrupted], ...counts };
  }
  if (hasErrors(problems)) return { problems, ...counts };
  if (options.check) {
    const differing = stale(content.measurements, measurements, options);
    return { problems: [...problems, ...differing], ...counts };
  }
  const written = await write(options, content.measurements, measurements);
  return { problems, ...counts, written };
}
