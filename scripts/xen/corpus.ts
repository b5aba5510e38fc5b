import { CFile } from './c-file.ts';
import type { CReader } from './c-reader.ts';
import { Lines } from './lines.ts';
import { blankComments } from './source-mask.ts';
import type { Tree } from './tree.ts';
import { isSource } from './tree-paths.ts';
import { hashWord } from './word-filter.ts';

/** The texts of a tree, with C files parsed when they are asked for. A value: nothing is opened. */
export class Corpus {
  readonly release: string;
  readonly label: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly reader: CReader;
  readonly #files = new Map<string, CFile>();
  readonly #lines = new Map<string, Lines>();
  readonly #folders = new Map<string, readonly CFile[]>();
  /** Paths by folder and word. */
  readonly #withWord = new Map<string, readonly string[]>();

  constructor(
    tree: { readonly release: string; readonly label: string },
    texts: ReadonlyMap<string, string>,
    reader: CReader,
  ) {
    this.release = tree.release;
    this.label = tree.label;
    this.texts = texts;
    this.reader = reader;
  }

  /** The parsed file, or undefined when the tree has no such C file. */
  file(path: string): CFile | undefined {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const text = this.texts.get(path);
    if (text === undefined || !/\.[ch]$/.test(path)) return undefined;
    const file = new CFile(path, text);
    this.#files.set(path, file);
    return file;
  }

  /** The lines of a file of whatever kind, or undefined when the tree has no such file. */
  lines(path: string): Lines | undefined {
    const known = this.#lines.get(path);
    if (known !== undefined) return known;
    const text = this.texts.get(path);
    if (text === undefined) return undefined;
    const lines = new Lines(text, this.#files.get(path)?.plain ?? blankComments(text));
    this.#lines.set(path, lines);
    return lines;
  }

  /** The same corpus with other texts; what is unchanged is not read again. */
  withTexts(texts: ReadonlyMap<string, string>): Corpus {
    return this.followedBy(this, texts);
  }

  /** The corpus of another tree; files that are the same in both are not read again. */
  followedBy(
    tree: { readonly release: string; readonly label: string },
    texts: ReadonlyMap<string, string>,
  ): Corpus {
    const next = new Corpus(tree, texts, this.reader);
    const isSame = (path: string) => texts.get(path) === this.texts.get(path);
    for (const [path, file] of this.#files) if (isSame(path)) next.#files.set(path, file);
    for (const [path, lines] of this.#lines) if (isSame(path)) next.#lines.set(path, lines);
    return next;
  }

  /** The C files whose functions were asked for, by path. */
  get scanned(): readonly CFile[] {
    const scanned = [...this.#files.values()].filter(({ isScanned }) => isScanned);
    return scanned.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** C files below `folder` in which one of the words stands as a word, sorted by path. */
  filesWith(folder: string, words: Iterable<string>): CFile[] {
    const paths = [...words].flatMap((word) => this.#pathsWith(folder, word));
    return [...new Set(paths)].sort().flatMap((path) => this.file(path) ?? []);
  }

  #below(folder: string): readonly CFile[] {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const paths = [...this.texts.keys()].filter((path) => path.startsWith(folder));
    const files = paths.flatMap((path) => this.file(path) ?? []);
    this.#folders.set(folder, files);
    return files;
  }

  /** C files below `folder` in which the word stands. A text is searched once for a word. */
  #pathsWith(folder: string, word: string): readonly string[] {
    const key = `${folder} ${word}`;
    const known = this.#withWord.get(key);
    if (known !== undefined) return known;
    const pattern = new RegExp(`\\b${word}\\b`);
    const hash = hashWord(word);
    const paths = this.#below(folder)
      .filter((file) => file.mayHold(hash))
      .filter(({ text }) => pattern.test(text))
      .map(({ path }) => path);
    this.#withWord.set(key, paths);
    return paths;
  }
}

/** Reads the sources of a tree into a corpus. */
export async function readCorpus(tree: Tree, reader: CReader): Promise<Corpus> {
  return new Corpus(tree, await readSources(tree), reader);
}

/** Reads the sources of a tree into a corpus, without what they have in common with those of another one. */
export async function readNextCorpus(tree: Tree, earlier: Corpus): Promise<Corpus> {
  return earlier.followedBy(tree, await readSources(tree));
}

function readSources(tree: Tree): Promise<ReadonlyMap<string, string>> {
  return tree.read(tree.paths.filter(isSource));
}
