/** The builds of the emulator, as the tree defines them: whole, without HVM, and without one part at a time. */
import type { CFile } from '../../c-file.ts';
import type { Macro } from '../../macros.ts';
import { type Build, holdsWith, type KnownLabels, macrosOf } from '../../switch-labels.ts';

/** What every build of Xen for x86 defines. */
const BASE = ['__XEN__', '__x86_64__'];

/** The files whose macros the labels use, where the release has them. */
export const MACRO_FILES = [
  'xen/arch/x86/x86_emulate/x86_emulate.c',
  'xen/arch/x86/x86_emulate/x86_emulate.h',
  'xen/arch/x86/x86_emulate/private.h',
  'xen/arch/x86/x86_emulate/0f01.c',
  'xen/include/xen/macros.h',
  'xen/include/xen/lib.h',
  'xen/include/xen/config.h',
] as const;

/** The `X86EMUL_NO_*` macros that a file defines for a build without CONFIG_HVM, sorted. */
export function strippedParts(file: CFile): string[] {
  return file.macros
    .filter(({ name, line }) => {
      return /^X86EMUL_NO_\w+$/.test(name) && file.conditions.at(line).includes('!CONFIG_HVM');
    })
    .map(({ name }) => name)
    .sort();
}

/** Names whose macro is not the same in every build, or uses one that is not. */
function varyingNames(builds: readonly ReadonlyMap<string, Macro>[]): Set<string> {
  const [first = new Map<string, Macro>(), ...rest] = builds;
  const all = [...builds.flatMap((macros) => [...macros.values()])];
  const varying = new Set(
    all
      .map(({ name }) => name)
      .filter((name) => rest.some((macros) => macros.get(name) !== first.get(name))),
  );
  for (let before = -1; before < varying.size; ) {
    before = varying.size;
    for (const { name, body } of all) {
      if (body.match(/[A-Za-z_]\w*/g)?.some((word) => varying.has(word))) varying.add(name);
    }
  }
  return varying;
}

export interface EmulatorBuilds {
  /** With HVM, in which nothing of the emulator is left out. */
  readonly whole: Build;
  /** Without CONFIG_HVM. */
  readonly withoutHvm: Build;
  /** With HVM and without one part, as no Kconfig option builds it today; by the macro that strips the part. */
  readonly without: ReadonlyMap<string, Build>;
}

/** The builds over some files; `parts` are the macros that the build without CONFIG_HVM defines. */
export function emulatorBuilds(files: readonly CFile[], parts: readonly string[]): EmulatorBuilds {
  const defined = [['CONFIG_HVM'], parts, ...parts.map((part) => ['CONFIG_HVM', part])];
  const bare = defined.map((names) => {
    const holds = holdsWith(new Set([...BASE, ...names]));
    return { holds, macros: macrosOf(files, holds) };
  });
  const known: KnownLabels = {
    varying: varyingNames(bare.map(({ macros }) => macros)),
    labels: new Map(),
  };
  const [whole, withoutHvm, ...without] = bare.map((build) => ({ ...build, known }));
  if (whole === undefined || withoutHvm === undefined) throw new Error('No builds');
  const byPart = parts.flatMap((part, index) => {
    const build = without[index];
    return build === undefined ? [] : [[part, build] as const];
  });
  return { whole, withoutHvm, without: new Map(byPart) };
}
