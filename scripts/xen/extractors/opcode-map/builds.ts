/** The builds of the emulator, as the tree defines them: whole, without HVM, and without one part at a time. */
import type { CFile } from '../../c-file.ts';
import { type Build, holdsWith, macrosOf } from '../../switch-labels.ts';

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

function buildOf(files: readonly CFile[], defined: readonly string[]): Build {
  const holds = holdsWith(new Set([...BASE, ...defined]));
  return { holds, macros: macrosOf(files, holds) };
}

/** The build with HVM, in which nothing of the emulator is left out. */
export function wholeBuild(files: readonly CFile[]): Build {
  return buildOf(files, ['CONFIG_HVM']);
}

/** The build without CONFIG_HVM. */
export function strippedBuild(files: readonly CFile[], parts: readonly string[]): Build {
  return buildOf(files, parts);
}

/** A build with HVM in which one part is left out, as no Kconfig option does today. */
export function buildWithout(files: readonly CFile[], part: string): Build {
  return buildOf(files, ['CONFIG_HVM', part]);
}
