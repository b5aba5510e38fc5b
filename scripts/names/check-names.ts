import type { Content } from '../../src/data/content.ts';
import { findUnknownNames } from '../../src/markdown/find-unknown-names.ts';
import { deriveKnownNames } from '../../src/markdown/known-content.ts';
import type { Names } from '../../src/schema/names.ts';
import type { TextFile } from '../markdown/content-files.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { TreeNames } from '../xen/tree-names.ts';
import { NAMES_PATH } from './derive-names.ts';

/** Checks that everything that prose names between backticks is known. */
export function checkProseNames(
  content: Content,
  names: Names,
  authored: readonly TextFile[],
): Problem[] {
  const known = deriveKnownNames(content, names);
  return authored.flatMap(({ path, text }) =>
    findUnknownNames(text, known).map(({ name, line, column }) =>
      problem(
        'symbol-unknown',
        { path, line, column },
        {
          actual: `\`${name}\``,
          expected: `a name that an entry or ${NAMES_PATH} has`,
          repair:
            'Correct the spelling, or write it without backticks when it is no name of Xen, or run `npm run atlas -- names --tree DIR`.',
        },
      ),
    ),
  );
}

/** Checks that the tree has the symbols and the paths that `content/names.yml` lists. */
export function checkListedNames(names: Names, tree: TreeNames): Problem[] {
  const gone = [
    ...names.symbols.filter((name) => !tree.symbols.has(name)),
    ...names.paths.filter((path) => !tree.paths.has(path)),
  ];
  return gone.map((name) =>
    problem(
      'symbol-unknown',
      { path: NAMES_PATH },
      {
        actual: `\`${name}\``,
        expected: `a name of the tree of ${tree.release}`,
        repair: 'Correct the prose that uses it, then run `npm run atlas -- names --tree DIR`.',
      },
    ),
  );
}
