/**
 * Names that the source lists, such as the operations of a hypercall, held against what an authored table says of
 * them: a name of which the table says nothing is a problem, never a silence.
 */
import { type Problem, problem } from '../problems/problem.ts';
import { type Construct, type Found, locateAll } from './construct.ts';
import type { Corpus } from './corpus.ts';

/** A list of names: a construct of lines, of which the first group of the pattern is the name. */
export interface Listing extends Construct {
  readonly names: RegExp;
}

export interface ListedName {
  readonly name: string;
  readonly path: string;
  /** 1-based line of its first place. */
  readonly line: number;
}

/** Names of a list in their order, each once. */
export function readNames(path: string, text: string, names: RegExp): ListedName[] {
  const found = new Map<string, ListedName>();
  for (const [index, line] of text.split('\n').entries()) {
    const name = names.exec(line)?.[1];
    if (name !== undefined && !found.has(name)) found.set(name, { name, path, line: index + 1 });
  }
  return [...found.values()];
}

/** The names of every listing; null with the problems when a listing is not where it was. */
export function readListings(
  corpus: Corpus,
  listings: Readonly<Record<string, Listing>>,
): { readonly names: readonly ListedName[] | null; readonly problems: readonly Problem[] } {
  const { found, problems } = locateAll(corpus, listings);
  if (found === null) return { names: null, problems };
  const lists: readonly (readonly [string, Found])[] = Object.entries(found);
  const names = lists.flatMap(([id, { path, text }]) => {
    const pattern = listings[id]?.names;
    return pattern === undefined ? [] : readNames(path, text, pattern);
  });
  return { names, problems };
}

/** Names that no entry of the tables speaks of. */
export function unlistedNames(
  names: readonly ListedName[],
  known: ReadonlySet<string>,
  kind: string,
): Problem[] {
  return names
    .filter(({ name }) => !known.has(name))
    .map(({ name, path, line }) =>
      problem(
        'construct-unknown',
        { path, line },
        {
          actual: `\`${name}\``,
          expected: `a name of which the tables of \`${kind}\` say what it means`,
          repair: `Add \`${name}\` to the entry that it belongs to, or to the names of other matters, of the extractor \`${kind}\`.`,
        },
      ),
    );
}
