/** Which device each argument of QEMU belongs to, and what belongs to none. */
import { isInSpan } from '../../../../src/model/release.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { pathIn } from '../../moves.ts';
import { type Argument, readAddedDrivers, readArguments } from './arguments.ts';
import { BUILD_ARGUMENTS, type Device, DM, type Pattern } from './device.ts';

const LIBXL = 'tools/libs/light/';

/** Functions whose arguments are those of `qemu-xen-traditional`, which the Atlas leaves out. */
const TRADITIONAL = new Set(['libxl__build_device_model_args_old']);
/** Functions that write the value of a `-drive`. */
const READ = new Set([
  BUILD_ARGUMENTS,
  'qemu_disk_scsi_drive_string',
  'qemu_disk_ide_drive_string',
]);

/** Every argument that libxl gives to QEMU on its command line or adds by QMP, in source order. */
export function readAllArguments(corpus: Corpus): Argument[] {
  return corpus
    .filesWith(pathIn(LIBXL, corpus.release), ['dm_args', 'libxl__qmp_param_add_string'])
    .flatMap((file) => [
      ...readArguments(corpus.reader, file),
      ...readAddedDrivers(corpus.reader, file),
    ])
    .filter(({ symbol }) => !TRADITIONAL.has(symbol));
}

function claims(device: Device, argument: Argument): Pattern[] {
  const whole = (device.functions ?? []).filter(({ text }) => text === argument.symbol);
  if (whole.length > 0) return whole;
  const added = argument.text.startsWith('device_add ');
  if (!added && !READ.has(argument.symbol)) return [];
  return (device.arguments ?? []).filter(({ text }) => argument.text.startsWith(text));
}

export interface Claimed {
  readonly byDevice: ReadonlyMap<string, readonly Argument[]>;
  readonly problems: readonly Problem[];
}

/** Gives each argument to the device that says the most of it. */
export function claimArguments(
  corpus: Corpus,
  devices: readonly Device[],
  found: readonly Argument[],
): Claimed {
  const byDevice = new Map<string, Argument[]>();
  const used = new Set<Pattern>();
  const problems: Problem[] = [];
  for (const argument of found) {
    const best = devices
      .flatMap((device) => claims(device, argument).map((pattern) => ({ device, pattern })))
      .sort((a, b) => b.pattern.text.length - a.pattern.text.length)[0];
    if (best === undefined) {
      problems.push(unknownArgument(argument));
      continue;
    }
    used.add(best.pattern);
    byDevice.set(best.device.id, [...(byDevice.get(best.device.id) ?? []), argument]);
  }
  const unused = devices
    .flatMap((device) => [...(device.arguments ?? []), ...(device.functions ?? [])])
    .filter((pattern) => isInSpan(pattern, corpus.release) && !used.has(pattern));
  problems.push(...unused.map((pattern) => missingArgument(corpus, pattern)));
  return { byDevice, problems };
}

function unknownArgument({ path, line, text, symbol }: Argument): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual: `the argument \`${text}\` in \`${symbol}\``,
      expected: 'what the extractor `device-model` lists',
      repair: 'Say in `DEVICES` of the extractor `device-model` to which device it belongs.',
    },
  );
}

function missingArgument({ label }: Corpus, { text }: Pattern): Problem {
  return problem(
    'construct-missing',
    { path: DM },
    {
      actual: `no argument \`${text}\` in ${label}`,
      expected: 'every argument that `DEVICES` lists',
      repair: 'Say in `DEVICES` of the extractor `device-model` in which releases it is.',
    },
  );
}
