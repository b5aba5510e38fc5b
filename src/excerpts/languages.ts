/** The grammar by which a file of Xen is coloured; `text` has none. */
export type Language = 'asm' | 'c' | 'markdown' | 'text';

export function languageOf(path: string): Language {
  if (/\.[ch]$/.test(path)) return 'c';
  if (path.endsWith('.S')) return 'asm';
  return path.endsWith('.md') ? 'markdown' : 'text';
}
