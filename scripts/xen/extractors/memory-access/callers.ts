/** Who calls a primitive that reaches the memory of a guest. */
import { readCalls } from '../../calls.ts';
import type { Corpus } from '../../corpus.ts';
import type { ListedName } from '../../listing.ts';
import { PRIMITIVES } from './constructs.ts';

const FOLDERS = [
  'tools/',
  'xen/arch/arm/',
  'xen/arch/x86/',
  'xen/common/',
  'xen/drivers/',
] as const;

/** The calling functions, by path and line, each once; a call outside of a function is left out. */
export function readCallers(corpus: Corpus): ListedName[] {
  const files = FOLDERS.flatMap((folder) => corpus.filesWith(folder, PRIMITIVES));
  const found = new Map<string, ListedName>();
  for (const file of files) {
    if (!file.path.endsWith('.c')) continue;
    for (const { symbol, line } of readCalls(corpus.reader, file, PRIMITIVES)) {
      const key = `${file.path} ${symbol}`;
      if (symbol !== null && !found.has(key))
        found.set(key, { name: symbol, path: file.path, line });
    }
  }
  return [...found.values()];
}
