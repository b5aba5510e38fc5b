/** Reads the switches of the emulator, once for each build. */
import type { CFile } from '../../c-file.ts';
import type { Corpus } from '../../corpus.ts';
import { type Build, readSwitches, type Switch } from '../../switch-labels.ts';
import { emulatorBuilds, MACRO_FILES, strippedParts } from './builds.ts';
import { GROUPS } from './groups.ts';
import { type Labels, opcodesByName } from './lookup.ts';
import { opcodeName, opcodeOf } from './opcodes.ts';

export interface BuildLabels extends Labels {
  readonly main: Switch;
  /** Switches of the functions that groups are delegated to, by the name of the function. */
  readonly delegated: ReadonlyMap<string, readonly Switch[]>;
}

export interface EmulatorLabels {
  readonly whole: BuildLabels;
  readonly withoutHvm: BuildLabels;
  /** By the macro that strips the part. */
  readonly without: ReadonlyMap<string, BuildLabels>;
}

const FUNCTION = 'x86_emulate';

/** The switch over the opcode with the most labels: a later one looks at three of them again. */
function mainSwitch(switches: readonly Switch[]): Switch | undefined {
  return switches
    .filter(({ subject }) => subject === 'ctxt->opcode')
    .sort((a, b) => b.labels.length - a.labels.length)[0];
}

/** The names of the opcodes of a label that is one value. */
function nameOf(first: number | null): string[] {
  const opcode = first === null ? null : opcodeOf(first);
  return opcode === null ? [] : [opcodeName({ ...opcode, prefix: 'none' })];
}

/** The switches below each opcode of the main switch, by the name of the opcode without prefix. */
function nestedSwitches(switches: readonly Switch[], main: Switch): Map<string, Switch[]> {
  const nested = new Map<string, Switch[]>();
  const index = switches.indexOf(main);
  const names = new Map<number, readonly string[]>();
  switches.forEach((one, position) => {
    const { parent } = one;
    if (parent === null) return;
    const own =
      parent === index
        ? one.under.flatMap(({ first }) => nameOf(first))
        : (names.get(parent) ?? []);
    names.set(position, own);
    for (const name of own) nested.set(name, [...(nested.get(name) ?? []), one]);
  });
  return nested;
}

function readBuild(corpus: Corpus, file: CFile, build: Build): BuildLabels | null {
  const switches = readSwitches(file, FUNCTION, build);
  const main = mainSwitch(switches);
  if (main === undefined) return null;
  const groups: Map<string, readonly Switch[]> = nestedSwitches(switches, main);
  const delegated = new Map<string, readonly Switch[]>();
  for (const { file: path, symbol, leads } of GROUPS) {
    const helper = corpus.file(path);
    const own = helper === undefined ? [] : readSwitches(helper, symbol, build);
    if (own.length === 0) continue;
    delegated.set(symbol, own);
    for (const name of leads) groups.set(name, own);
  }
  return { main, delegated, groups, opcodes: opcodesByName(main) };
}

function macroFiles(corpus: Corpus): CFile[] {
  return MACRO_FILES.flatMap((path) => corpus.file(path) ?? []);
}

/** The labels of the build with HVM alone; null when it has no switch over the opcode. */
export function readWholeEmulator(corpus: Corpus, file: CFile): BuildLabels | null {
  return readBuild(corpus, file, emulatorBuilds(macroFiles(corpus), []).whole);
}

/** The labels of every build; null when a build has no switch over the opcode. */
export function readEmulator(corpus: Corpus, file: CFile, stripped: CFile): EmulatorLabels | null {
  const builds = emulatorBuilds(macroFiles(corpus), strippedParts(stripped));
  const whole = readBuild(corpus, file, builds.whole);
  const withoutHvm = readBuild(corpus, file, builds.withoutHvm);
  const without = new Map<string, BuildLabels>();
  for (const [part, build] of builds.without) {
    const labels = readBuild(corpus, file, build);
    if (labels !== null) without.set(part, labels);
  }
  if (whole === null || withoutHvm === null || without.size < builds.without.size) return null;
  return { whole, withoutHvm, without };
}
