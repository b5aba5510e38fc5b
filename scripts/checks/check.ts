import type { Content } from '../../src/data/content.ts';
import type { Names } from '../../src/schema/names.ts';
import type { Exception } from '../../src/schema/stale.ts';
import type { TextFile } from '../markdown/content-files.ts';
import type { Addresses } from '../markdown/read-content.ts';
import type { Problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import type { TreeNames } from '../xen/tree-names.ts';

/** What checks look at. All of it is values; nothing is opened. */
export interface CheckInput {
  readonly content: Content;
  readonly names: Names;
  readonly addresses: Addresses;
  readonly exceptions: readonly Exception[];
  /** Every Markdown file below `content/`, as it is. */
  readonly files: readonly TextFile[];
  /** The entries that people write. */
  readonly authored: readonly TextFile[];
  /** A Xen tree, when one was given. */
  readonly tree: { readonly corpus: Corpus; readonly names: TreeNames } | null;
}

/** One check: what it holds, and the problems of an input. */
export interface Check {
  readonly name: string;
  /** What holds when the check passes, in one sentence. */
  readonly holds: string;
  readonly run: (input: CheckInput) => readonly Problem[];
}

/** Path of an entry from the root of the project. */
export function entryPath(collection: string, id: string): string {
  return `content/${collection}/${id}.md`;
}
