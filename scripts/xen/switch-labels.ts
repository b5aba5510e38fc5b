/**
 * The labels of the switches of a function, as a build sees them: directives are obeyed, macros that write labels are
 * expanded, GNU ranges are kept. By text and braces, because labels stand inside the branches of ifs, where a parser
 * of C that keeps both arms of a conditional loses them.
 */
import type { CFile } from './c-file.ts';
import { ExpressionError, evaluate, parseExpression } from './expression.ts';
import { expandMacros } from './macro-expansion.ts';
import type { Macro } from './macros.ts';
import { blank, blankComments, blankDirectives } from './source-mask.ts';

export interface SwitchLabel {
  /** As expanded, white space folded; of a range its first value. */
  readonly text: string;
  /** Null when the label is no number, such as an enumerator. */
  readonly first: number | null;
  /** The same as `first` unless the label is a range. */
  readonly last: number | null;
  /** 1-based. */
  readonly line: number;
}

export interface Switch {
  /** What is switched on, white space folded. */
  readonly subject: string;
  readonly line: number;
  readonly labels: readonly SwitchLabel[];
  /** Position of the switch around it, or null. */
  readonly parent: number | null;
  /** The labels of the switch around it that lead here. */
  readonly under: readonly SwitchLabel[];
}

type LabelText = Omit<SwitchLabel, 'line'>;

/** Labels that were read before, for builds in which they are the same. */
export interface KnownLabels {
  /** Names of macros that are not the same in all of these builds. */
  readonly varying: ReadonlySet<string>;
  readonly labels: Map<string, readonly LabelText[]>;
}

/** What a build defines: which `#if` arms it keeps, and the macros that it sees. */
export interface Build {
  readonly holds: (condition: string) => boolean;
  readonly macros: ReadonlyMap<string, Macro>;
  readonly known?: KnownLabels;
}

/** Whether a build keeps an arm: a name that it defines counts as one, any other name as none. */
export function holdsWith(defined: ReadonlySet<string>): (condition: string) => boolean {
  const known = new Map<string, boolean>();
  const holds = (condition: string) =>
    evaluate(parseExpression(condition), {
      name: (name) => (defined.has(name) ? 1n : 0n),
      call: () => 0n,
    }) !== 0n;
  return (condition) => {
    const value = known.get(condition) ?? holds(condition);
    known.set(condition, value);
    return value;
  };
}

/** The macros of some files that a build defines; the first definition of a name counts. */
export function macrosOf(
  files: readonly CFile[],
  holds: (condition: string) => boolean,
): Map<string, Macro> {
  const known = new Map<string, Macro>();
  for (const file of files) {
    for (const macro of file.macros) {
      const seen = file.conditions.at(macro.line).every(holds);
      if (seen && !known.has(macro.name)) known.set(macro.name, macro);
    }
  }
  return known;
}

/** What every build sees: no comments, no insides of literals, no directives. Offsets stay. */
function withoutDirectives({ plain }: CFile): string {
  return blankDirectives(blankComments(plain, true));
}

/** The source as a build sees it: comments, directives and the arms that it leaves out are blank. Offsets stay. */
export function preprocess(
  file: CFile,
  holds: (condition: string) => boolean,
  text: string = withoutDirectives(file),
): string {
  return text
    .split('\n')
    .map((line, index) => (file.conditions.at(index + 1).every(holds) ? line : blank(line)))
    .join('\n');
}

function numberOf(text: string): number | null {
  try {
    const plain = text.replace(/\(\s*uint8_t\s*\)/g, ' 0xff & ');
    return Number(evaluate(parseExpression(plain), { name: () => undefined }));
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

function readLabels(written: string, macros: ReadonlyMap<string, Macro>): LabelText[] {
  return expandMacros(written, macros)
    .split(':')
    .map((part) => part.trim())
    .filter((part) => /^case\b/.test(part))
    .map((part) => {
      const [from = '', to] = part.replace(/^case\b/, '').split('...');
      const text = from.replace(/\s+/g, ' ').trim();
      const first = numberOf(from);
      return { text, first, last: to === undefined ? first : numberOf(to) };
    });
}

/** The labels that a `case` or a macro in its place stands for; none when it expands to no `case`. */
function labelsOf(written: string, line: number, { macros, known }: Build): SwitchLabel[] {
  const varies = written.match(/[A-Za-z_]\w*/g)?.some((name) => known?.varying.has(name)) ?? false;
  const labels = (varies ? undefined : known?.labels.get(written)) ?? readLabels(written, macros);
  if (!varies) known?.labels.set(written, labels);
  return labels.map((label) => ({ ...label, line }));
}

/** Names of the macros that write labels. */
function labelMacros(macros: ReadonlyMap<string, Macro>): string[] {
  const writes = (name: string, above: ReadonlySet<string>): boolean => {
    const body = macros.get(name)?.body ?? '';
    if (/\bcase\b/.test(body)) return true;
    const inner = body.match(/\b[A-Z_]\w*(?=\()/g) ?? [];
    return inner.some((other) => !above.has(other) && writes(other, new Set([...above, other])));
  };
  return [...macros.values()]
    .filter(({ name, parameters }) => parameters !== null && writes(name, new Set([name])))
    .map(({ name }) => name);
}

/** Offset behind what the first parenthesis at or behind `from` opens. */
function behindParentheses(text: string, from: number): number {
  let depth = 0;
  for (let at = text.indexOf('(', from); at !== -1 && at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** Offset of the colon that ends a label. */
function endOfLabel(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (text[at] === ':' && depth === 0) return at;
  }
  return text.length;
}

interface Block {
  /** Position of the switch whose body it is, or null for any other block. */
  readonly index: number | null;
  /** The labels since the last statement. */
  current: SwitchLabel[];
  /** Offset behind the last label. */
  end: number;
}

class SwitchScanner {
  readonly #file: CFile;
  readonly #build: Build;
  readonly #text: string;
  readonly #token: RegExp;
  readonly #found: (Switch & { readonly labels: SwitchLabel[] })[] = [];
  readonly #blocks: Block[] = [];
  #pending: number | null = null;

  constructor(file: CFile, build: Build) {
    this.#file = file;
    this.#build = build;
    this.#text = preprocess(file, build.holds);
    const names = labelMacros(build.macros).map((name) => `\\b${name}(?=\\()`);
    this.#token = new RegExp(['\\bswitch\\b', '\\bcase\\b', ...names, '[{}]'].join('|'), 'g');
  }

  scan(start: number): Switch[] {
    this.#token.lastIndex = start;
    for (let match = this.#token.exec(this.#text); match !== null; ) {
      const end = this.#take(match[0], match.index);
      if (end === null) break;
      this.#token.lastIndex = end;
      match = this.#token.exec(this.#text);
    }
    return this.#found;
  }

  /** Offset from which to go on, or null behind the end of the function. */
  #take(token: string, at: number): number | null {
    if (token === 'switch') return this.#openSwitch(at);
    if (token === '{') {
      this.#blocks.push({ index: this.#pending, current: [], end: at });
      this.#pending = null;
      return at + 1;
    }
    if (token !== '}') return this.#addLabels(token, at);
    this.#blocks.pop();
    return this.#blocks.length === 0 ? null : at + 1;
  }

  #around(): Block | undefined {
    return this.#blocks.findLast(({ index }) => index !== null);
  }

  #openSwitch(at: number): number {
    const end = behindParentheses(this.#text, at);
    const around = this.#around();
    const subject = this.#text.slice(at, end).replace(/^switch\s*\(|\)$/g, '');
    this.#pending = this.#found.length;
    this.#found.push({
      subject: subject.replace(/\s+/g, ' ').trim(),
      line: this.#file.lineOf(at),
      labels: [],
      parent: around?.index ?? null,
      under: around?.current ?? [],
    });
    return end;
  }

  #addLabels(token: string, at: number): number {
    const end = token === 'case' ? endOfLabel(this.#text, at) : behindParentheses(this.#text, at);
    const around = this.#around();
    const labels = labelsOf(this.#text.slice(at, end), this.#file.lineOf(at), this.#build);
    if (around?.index !== undefined && around.index !== null) {
      this.#found[around.index]?.labels.push(...labels);
      const together = /^[\s:]*$/.test(this.#text.slice(around.end, at));
      around.current = together ? [...around.current, ...labels] : labels;
      around.end = end;
    }
    return end;
  }
}

/** Every switch of a function, in the order of their heads; empty when the file does not define the function. */
export function readSwitches(file: CFile, name: string, build: Build): Switch[] {
  const defined = file.functions.find(
    (f) => f.name === name && file.conditions.at(f.line).every(build.holds),
  );
  return defined === undefined ? [] : new SwitchScanner(file, build).scan(defined.start);
}
