import { join } from 'node:path';
import { compareAll } from '../../src/data/measured.ts';
import type { MeasuredVerdict } from '../../src/data/measured-verdict.ts';
import type { Fact } from '../../src/schema/fact.ts';
import type { Measurement } from '../../src/schema/measurement.ts';
import {
  readTextFiles,
  removeFile,
  type TextFile,
  writeTextFile,
} from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import { deriveMeasurement, factsAt, renderMeasurement } from '../measure/derive-measurement.ts';
import type { MeasuredGuest } from '../measure/guests.ts';
import { buildImage, type Image } from '../measure/machine-image.ts';
import { type Packages, preparePackages, type Suite } from '../measure/machine-packages.ts';
import { type Boot, bootMachine, MACHINE } from '../measure/machine-run.ts';
import { parseReports, type Reported } from '../measure/parse-report.ts';
import { renderProbes } from '../measure/probe.ts';
import { allProbes } from '../measure/probes/index.ts';
import { hasErrors, type Problem, problem } from '../problems/problem.ts';

export interface MeasureOptions {
  readonly root: string;
  /** Where packages and images are kept. */
  readonly cache: string;
  /** Releases of Debian. */
  readonly suites: readonly Suite[];
  readonly guests: readonly MeasuredGuest[];
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
  readonly written: number;
}

/** A boot of the machine, and the guests that report in it, in their order. */
interface Session {
  readonly boot: Boot;
  readonly guests: readonly MeasuredGuest[];
}

function sessions(guests: readonly MeasuredGuest[], image: Image): Session[] {
  const own = guests.flatMap((guest): Session[] => {
    if (!('xen' in guest.start)) return [];
    const { xen, devices } = guest.start;
    const boot = {
      options: `dom0_mem=256M ${xen}`,
      kernel: image.probe,
      arguments: '',
      initramfs: null,
      devices,
      memory: 768,
      patience: 120,
    };
    return [{ boot, guests: [guest] }];
  });
  const started = guests.filter(({ start }) => 'xl' in start);
  if (started.length === 0) return own;
  const boot = {
    options: 'dom0_mem=512M',
    kernel: image.kernel,
    arguments: 'console=hvc0 quiet',
    initramfs: image.initramfs,
    devices: [],
    memory: 1024,
    patience: 600,
  };
  return [{ boot, guests: started }, ...own];
}

/** Boots sessions, two at a time, and returns their logs in the order of the sessions. */
async function bootAll(
  { root }: Packages,
  image: Image,
  all: readonly Session[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const logs = new Array<string>(all.length).fill('');
  const left = [...all.entries()];
  const next = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      const [index, { boot }] = item;
      logs[index] = await bootMachine(root, image, boot, signal);
    }
  };
  await Promise.all([next(), next()]);
  return logs;
}

function reportsOf(
  all: readonly Session[],
  logs: readonly string[],
): { readonly reports: ReadonlyMap<string, Reported[]>; readonly problems: readonly Problem[] } {
  const reports = new Map<string, Reported[]>();
  const problems: Problem[] = [];
  for (const [index, { guests }] of all.entries()) {
    const log = logs[index] ?? '';
    const parsed = parseReports(log, guests[0]?.id ?? '');
    problems.push(...parsed.problems);
    for (const [id, report] of parsed.reports) reports.set(id, report);
    const silent = guests.filter(({ id }) => !parsed.reports.has(id)).map(({ id }) => id);
    if (silent.length === 0) continue;
    const words = {
      actual: `no report of ${silent.join(', ')}`,
      expected: 'a report of each guest',
      details: log.split(/[\r\n]+/).slice(-20),
    };
    problems.push(problem('measurement-broken', { path: `log of ${silent.join(', ')}` }, words));
  }
  return { reports, problems };
}

function derive(
  { versions }: Packages,
  guests: readonly MeasuredGuest[],
  reports: ReadonlyMap<string, Reported[]>,
  facts: readonly Fact[],
) {
  return guests.map((guest) =>
    deriveMeasurement(
      guest,
      {
        xen: versions.xen,
        qemu: versions.qemu,
        dom0: 'xl' in guest.start ? versions.linux : null,
        machine: MACHINE,
      },
      allProbes(facts),
      reports.get(guest.id) ?? [],
    ),
  );
}

/** The lines that another version of a package changes. */
const VERSIONS = /^(?:xen|qemu|dom0): .*$/gm;

/** Writes what differs below `content/`; with `check` says so only, and other versions of packages are no difference. */
async function write(
  { root, check, isWhole }: MeasureOptions,
  files: readonly TextFile[],
): Promise<{ readonly written: number; readonly problems: readonly Problem[] }> {
  const content = join(root, 'content');
  const present = new Map(
    (await readTextFiles(content, 'measurements', '.md')).map(({ path, text }) => [path, text]),
  );
  const kept = new Set(files.map(({ path }) => path));
  const gone = isWhole ? [...present.keys()].filter((path) => !kept.has(path)) : [];
  const plain = (text: string | undefined) => (check ? text?.replace(VERSIONS, '') : text);
  const changed = files.filter(({ path, text }) => plain(present.get(path)) !== plain(text));
  if (!check) {
    for (const file of changed) await writeTextFile(content, file);
    for (const path of gone) await removeFile(content, path);
    return { written: changed.length + gone.length, problems: [] };
  }
  const problems = [...changed.map(({ path }) => path), ...gone].map((path) =>
    problem(
      'entry-stale',
      { path: `content/${path}` },
      {
        actual: 'a file that differs from what was measured now',
        expected: 'the same classes and values in every run',
        repair: 'npm run atlas -- measure',
      },
    ),
  );
  return { written: 0, problems };
}

interface Measured {
  readonly measurements: readonly Measurement[];
  readonly problems: readonly Problem[];
}

async function measureSuite(
  { cache, guests, signal, say }: MeasureOptions,
  suite: Suite,
  all: readonly Fact[],
): Promise<Measured> {
  const facts = factsAt(all, suite.xen);
  say(`Fetching the packages of Debian ${suite.name}`);
  const packages = await preparePackages(cache, suite);
  say(`Building what is booted: Xen ${suite.xen}`);
  const folder = join(cache, suite.name, 'image');
  const image = await buildImage(packages, folder, renderProbes(allProbes(facts)), guests);
  const planned = sessions(guests, image);
  say(`Running ${guests.length} guests of Xen ${suite.xen} in ${planned.length} machines`);
  const logs = await bootAll(packages, image, planned, signal);
  const { reports, problems } = reportsOf(planned, logs);
  const derived = derive(packages, guests, reports, facts);
  return {
    measurements: derived.map(({ measurement }) => measurement),
    problems: [...problems, ...derived.flatMap((one) => one.problems)],
  };
}

/** What keeps a suite from being measured: packages that cannot be had, a machine that does not end, an interrupt. */
function unmeasured({ name }: Suite, error: unknown): Measured {
  const words = {
    actual: `an end with \`${error instanceof Error ? error.message : String(error)}\``,
    expected: 'packages of Debian, and machines that are off in time',
    repair: 'On a machine with apt and its archive, let nothing else run and try again.',
  };
  return {
    measurements: [],
    problems: [problem('measurement-broken', { path: `Debian ${name}` }, words)],
  };
}

/**
 * Runs every probe in every guest under an emulated machine, compares what they did with the facts of the release that
 * was run, and writes `content/measurements/`. An error leaves the content as it is.
 */
export async function runMeasure(options: MeasureOptions): Promise<MeasureResult> {
  const { content } = await readContent(options.root);
  const suites: Measured[] = [];
  for (const suite of options.suites) {
    suites.push(
      await measureSuite(options, suite, content.facts).catch((error) => unmeasured(suite, error)),
    );
    if (options.signal.aborted) break;
  }
  const problems = suites.flatMap((suite) => suite.problems);
  const measurements = suites.flatMap((suite) => suite.measurements);
  const results = compareAll({ facts: content.facts, measurements }).flatMap(
    (measurement) => measurement.results,
  );
  const count = (verdict: MeasuredVerdict) =>
    results.filter((result) => result.verdict === verdict).length;
  const counts = { agrees: count('agrees'), disagrees: count('disagrees') };
  if (hasErrors(problems)) return { problems, ...counts, written: 0 };
  const { written, problems: stale } = await write(options, measurements.map(renderMeasurement));
  return { problems: [...problems, ...stale], ...counts, written };
}
