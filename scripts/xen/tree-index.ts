import type { Corpus } from './corpus.ts';
import type { Tree } from './tree.ts';
import type { Definition, TreeNames } from './tree-names.ts';

/** Names of the mini-languages, which no C parser sees, by file: pattern, and prefix of the name in C. */
const MINI_LANGUAGES = [
  { file: 'cpufeatureset.h', pattern: /^XEN_CPUFEATURE\(([A-Z0-9_]+),/gm, prefix: 'X86_FEATURE_' },
  {
    file: 'hypercall-defs.c',
    pattern: /^([a-z]\w+)(?= +(?:do|compat|hvm|-)(?![\w.]))/gm,
    prefix: '',
  },
] as const;

/** Indexes every name that the C sources of the tree define. Parses the whole corpus: seconds, not milliseconds. */
export function indexTree(
  tree: Tree,
  corpus: Corpus,
  progress?: (done: number, of: number) => void,
): TreeNames {
  const symbols = new Map<string, Definition[]>();
  const add = (name: string, definition: Definition) => {
    const known = symbols.get(name);
    if (known === undefined) symbols.set(name, [definition]);
    else known.push(definition);
  };
  const paths = [...corpus.texts.keys()].sort();
  paths.forEach((path, index) => {
    progress?.(index, paths.length);
    const file = corpus.file(path);
    for (const { name, line, kind } of file === undefined
      ? []
      : corpus.reader.definitionsOf(file)) {
      add(name, { path, line, kind });
    }
    const text = corpus.texts.get(path) ?? '';
    for (const { file, pattern, prefix } of MINI_LANGUAGES) {
      if (!path.endsWith(`/${file}`)) continue;
      for (const match of text.matchAll(pattern)) {
        const line = text.slice(0, match.index).split('\n').length;
        add(`${prefix}${match[1]}`, { path, line, kind: 'constant' });
      }
    }
  });
  return { release: tree.release, commit: tree.commit, paths: new Set(tree.paths), symbols };
}
