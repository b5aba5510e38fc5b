/**
 * A C source or header as facts are read from it: its text, its functions and macros, and the preprocessor conditions
 * of its lines. Offsets and lines are those of the original text.
 */
import { type Conditions, scanConditions } from './conditions.ts';
import { lineAt, lineStarts } from './lines.ts';
import { type Macro, readMacros } from './macros.ts';
import { type Functions, scanFunctions } from './outline.ts';
import { blankComments, maskSource } from './source-mask.ts';
import type { Piece } from './syntax-trees.ts';
import { WordFilter } from './word-filter.ts';

/** A function, and the piece of the masked source that the parser reads when its body is asked for. */
export interface CFunction extends Piece {
  readonly name: string;
  /** 1-based line of the name. */
  readonly line: number;
  readonly endLine: number;
  /** Whether the body has no statement: a stub for builds without the feature. */
  readonly isEmpty: boolean;
}

/** Reads of a source what it is asked for, once: many files are asked for their macros only. */
export class CFile {
  readonly path: string;
  readonly text: string;
  #words: WordFilter | undefined;
  #plain: string | undefined;
  #masked: string | undefined;
  #scanned: Functions | undefined;
  #functions: readonly CFunction[] | undefined;
  #gaps: readonly Piece[] | undefined;
  #macros: readonly Macro[] | undefined;
  #conditions: Conditions | undefined;
  #starts: Uint32Array | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** False only when the word of a hash does not stand in the text. */
  mayHold(wordHash: number): boolean {
    this.#words ??= new WordFilter(this.text);
    return this.#words.mayHold(wordHash);
  }

  /** The text with comments blanked. */
  get plain(): string {
    this.#plain ??= blankComments(this.text);
    return this.#plain;
  }

  /** The text as the parser gets it. */
  get masked(): string {
    this.#masked ??= maskSource(this.text);
    return this.#masked;
  }

  get macros(): readonly Macro[] {
    this.#macros ??= readMacros(this.plain);
    return this.#macros;
  }

  get conditions(): Conditions {
    this.#conditions ??= scanConditions(this.plain);
    return this.#conditions;
  }

  /** Functions with a body, in order. */
  get functions(): readonly CFunction[] {
    this.#functions ??= this.#scan().functions.map(({ name, nameAt, start, end, isEmpty }) => {
      const line = this.lineOf(nameAt);
      const endLine = this.lineOf(end - 1);
      return { ...this.#piece(start, end), name, line, endLine, isEmpty };
    });
    return this.#functions;
  }

  /** What stands between the functions, in order. */
  get gaps(): readonly Piece[] {
    const starts = [0, ...this.functions.map(({ end }) => end)];
    const ends = [...this.functions.map(({ start }) => start), this.masked.length];
    this.#gaps ??= starts.map((start, index) => this.#piece(start, ends[index] ?? start));
    return this.#gaps;
  }

  /** Lines on which a body opens in column 0 that belongs to no function with a name. */
  get uncovered(): readonly number[] {
    return this.#scan().unnamed.map(this.lineOf);
  }

  /** Whether its functions were asked for. */
  get isScanned(): boolean {
    return this.#scanned !== undefined;
  }

  /** 1-based line of an offset. */
  readonly lineOf = (offset: number): number => {
    this.#starts ??= lineStarts(this.text);
    return lineAt(this.#starts, offset);
  };

  #scan(): Functions {
    this.#scanned ??= scanFunctions(this.masked);
    return this.#scanned;
  }

  #piece(start: number, end: number): Piece {
    return { source: this.masked, start, end, startLine: this.lineOf(start) };
  }
}
