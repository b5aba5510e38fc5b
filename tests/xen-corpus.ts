import { CReader } from '../scripts/xen/c-reader.ts';
import { Corpus } from '../scripts/xen/corpus.ts';
import { loadCParser } from '../scripts/xen/tree-sitter.ts';

/** A corpus out of texts written for a test. */
export async function corpusOf(
  texts: Readonly<Record<string, string>>,
  release = '4.22.0',
): Promise<Corpus> {
  const reader = new CReader(await loadCParser());
  return new Corpus({ release, label: `Xen ${release}` }, new Map(Object.entries(texts)), reader);
}
