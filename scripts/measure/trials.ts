/** Every guest of one Xen under one QEMU, and of several Xens under several QEMUs side by side. */

import type { Fact } from '../../src/schema/fact.ts';
import type { Measurement } from '../../src/schema/measurement.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { deriveMeasurement } from './derive-measurement.ts';
import type { MeasuredGuest } from './guests.ts';
import type { Image } from './machine-image.ts';
import type { Packages } from './machine-packages.ts';
import { bootMachine, MACHINE } from './machine-run.ts';
import { readLog } from './parse-report.ts';
import { planBoots, type Session } from './plan-boots.ts';
import { allProbes } from './probes/index.ts';

/** A Xen, what it boots, and the facts of its release. */
export interface Prepared {
  readonly packages: Packages;
  readonly image: Image;
  readonly facts: readonly Fact[];
}

/** One Xen under one QEMU. */
export interface Trial {
  readonly xen: Prepared;
  readonly qemu: Packages;
  readonly guests: readonly MeasuredGuest[];
}

export interface Tried {
  readonly measurements: readonly Measurement[];
  readonly problems: readonly Problem[];
}

/** Machines that run at a time. */
const AT_ONCE = 2;

/** What kept a machine from saying what its guests did. */
export function unmeasured(where: string, error: unknown): Problem {
  return problem(
    'measurement-broken',
    { path: where },
    {
      actual: `an end with \`${error instanceof Error ? error.message : String(error)}\``,
      expected: 'packages of Debian, and machines that are off in time',
      repair: 'On a machine with apt and its archive, let nothing else run and try again.',
    },
  );
}

interface Run {
  readonly trial: Trial;
  readonly session: Session;
  log: string | { readonly error: unknown };
}

/** Boots all, those with the most guests first: they take longest. */
async function bootAll(
  runs: readonly Run[],
  signal: AbortSignal,
  boot: typeof bootMachine,
): Promise<void> {
  const left = [...runs].sort((a, b) => b.session.guests.length - a.session.guests.length);
  const next = async (): Promise<void> => {
    for (let run = left.shift(); run !== undefined && !signal.aborted; run = left.shift()) {
      const { trial, session } = run;
      run.log = await boot(trial.qemu.root, trial.xen.image, session.boot, signal).catch(
        (error: unknown) => ({ error }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

function readRun({ trial, session, log }: Run): Tried {
  const { packages, facts } = trial.xen;
  const { versions } = packages;
  const ids = session.guests.map(({ id }) => id);
  if (typeof log !== 'string') {
    const where = `Xen ${versions.xen} under QEMU ${trial.qemu.versions.qemu}: ${ids.join(', ')}`;
    return { measurements: [], problems: [unmeasured(where, log.error)] };
  }
  const { reports, problems } = readLog(log, ids);
  const heard = session.guests.filter(({ id }) => reports.has(id));
  const derived = heard.map((guest) =>
    deriveMeasurement(
      guest,
      {
        xen: versions.xen,
        qemu: trial.qemu.versions.qemu,
        dom0: 'xl' in guest.start ? versions.linux : null,
        machine: MACHINE,
        packaged: [packages.made, trial.qemu.made].sort().at(-1) ?? packages.made,
      },
      allProbes(facts),
      reports.get(guest.id) ?? [],
    ),
  );
  return {
    measurements: derived.map(({ measurement }) => measurement),
    problems: [...problems, ...derived.flatMap((one) => one.problems)],
  };
}

/** Runs all guests of every trial, two machines at a time, and returns what came of each trial, in their order. */
export async function runTrials(
  trials: readonly Trial[],
  signal: AbortSignal,
  boot = bootMachine,
): Promise<readonly Tried[]> {
  const runs = trials.flatMap((trial) =>
    planBoots(trial.guests, trial.xen.image).map(
      (session): Run => ({ trial, session, log: { error: signal.reason } }),
    ),
  );
  await bootAll(runs, signal, boot);
  return trials.map((trial) => {
    const own = runs.filter((run) => run.trial === trial).map(readRun);
    return {
      measurements: own.flatMap(({ measurements }) => measurements),
      problems: own.flatMap(({ problems }) => problems),
    };
  });
}
