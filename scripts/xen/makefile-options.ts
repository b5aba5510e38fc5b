/** Build options without which a file of the hypervisor is not compiled: the conditions of the Makefiles above it. */
import type { Corpus } from './corpus.ts';

const ROOT = 'xen';

/**
 * The option under which a Makefile takes an object or a folder, which is a `subdir` up to 4.13; null when it
 * takes it always, or does not name it.
 */
export function optionOf(makefile: string, target: string): string | null {
  const lists = makefile.matchAll(/^(obj|subdir)-(?:\$\((\w+)\)|y)\s*\+=\s*(.*)$/gm);
  for (const [, what, option, list = ''] of lists) {
    const names = list.split(/\s+/);
    if (names.includes(what === 'subdir' ? target.replace(/\/$/, '') : target))
      return option ?? null;
  }
  return null;
}

/** Options of a C file, outermost first. */
export function makefileOptions(corpus: Corpus, path: string): string[] {
  const parts = path.replace(/\.c$/, '.o').split('/');
  return parts.flatMap((part, at) => {
    const folder = parts.slice(0, at).join('/');
    if (at === 0 || (folder !== ROOT && !folder.startsWith(`${ROOT}/`))) return [];
    const makefile = corpus.texts.get(`${folder}/Makefile`) ?? '';
    return optionOf(makefile, at === parts.length - 1 ? part : `${part}/`) ?? [];
  });
}
