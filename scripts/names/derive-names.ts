import { stringify } from 'yaml';
import type { Content } from '../../src/data/content.ts';
import { findUnknownNames } from '../../src/markdown/find-unknown-names.ts';
import { deriveKnownNames } from '../../src/markdown/known-content.ts';
import type { Names } from '../../src/schema/names.ts';
import type { TextFile } from '../markdown/content-files.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export const NAMES_PATH = 'content/names.yml';

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

function pathsThatEnd(tree: TreeNames, name: string): string[] {
  if (tree.paths.has(name)) return [name];
  return [...tree.paths].filter((path) => path.endsWith(`/${name}`));
}

/**
 * The names that authored prose uses, that no entry carries and that the tree has. `others` is kept as it is. What the
 * tree does not have is left out, and stays unknown.
 */
export function deriveNames(
  content: Content,
  names: Names,
  authored: readonly TextFile[],
  tree: TreeNames,
): Names {
  const known = deriveKnownNames(content, { ...names, symbols: [], paths: [] });
  const unknown = sorted(
    authored.flatMap(({ text }) => findUnknownNames(text, known).map(({ name }) => name)),
  );
  return {
    release: tree.release,
    symbols: unknown.filter((name) => tree.symbols.has(name)),
    paths: sorted(unknown.flatMap((name) => pathsThatEnd(tree, name))),
    others: Object.fromEntries(Object.entries(names.others).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const HEADER = [
  'Names that authored prose uses and no entry carries. `symbols` and `paths` are generated from the pinned tree',
  '(`npm run atlas -- names --tree DIR`); `others` is written by hand: a name that is none of Xen’s C source, and what it is.',
];

/** The one canonical form of `content/names.yml`. */
export function renderNames(names: Names): string {
  return `${HEADER.map((line) => `# ${line}\n`).join('')}${stringify(names, { lineWidth: 0 })}`;
}
