/** The settings of an xl.cfg, as the grammar of libxlu reads them. */
import type { XlProblem } from './xl-problem.ts';
import { readTokens, shown, type Token, type TokenKind } from './xl-tokens.ts';

export type XlValue = string | readonly XlValue[];

/** An assignment. Numbers are strings here, as in xl: the key decides how they are read. */
export interface XlSetting {
  readonly key: string;
  /** With `+=`, what the key had before stands in front. */
  readonly value: XlValue;
  readonly added: boolean;
  /** 1-based line of the key. */
  readonly line: number;
  /** Offsets of the assignment in the text, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface ParsedXl {
  /** In the order of the file. */
  readonly settings: readonly XlSetting[];
  readonly problems: readonly XlProblem[];
}

/** Lists within lists that the parser of xl can hold; its stack ends there. */
const MAXIMUM_DEPTH = 4990;

const KIND_WORDS: Readonly<Partial<Record<TokenKind, string>>> = {
  newline: 'the end of the line',
  end: 'the end of the file',
};

/** Thrown out of a statement that cannot be read, to go on with the next line. */
class Unreadable {
  readonly problem: XlProblem;
  constructor(token: Token, expected: string) {
    this.problem = {
      kind: 'xl-syntax',
      severity: 'error',
      line: token.line,
      actual: KIND_WORDS[token.kind] ?? shown(token.text),
      expected,
    };
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get token(): Token {
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('A list of tokens has an end');
    return token;
  }

  take(...kinds: readonly TokenKind[]): Token | undefined {
    const { token } = this;
    if (!kinds.includes(token.kind)) return undefined;
    this.#next += 1;
    return token;
  }

  skipLine(): void {
    while (this.token.kind !== 'end' && this.take('newline') === undefined) this.#next += 1;
  }

  #skipNewlines(): void {
    while (this.take('newline') !== undefined);
  }

  /** The items up to the closing bracket of a list whose opening one was read; lists in it are kept on a stack. */
  #list(): readonly XlValue[] {
    const open: XlValue[][] = [[]];
    this.#skipNewlines();
    for (;;) {
      const items = open.at(-1) ?? [];
      const atom = this.take('string', 'number');
      if (atom !== undefined) items.push(atom.text);
      else if (this.take('[') !== undefined) {
        if (open.length >= MAXIMUM_DEPTH) {
          throw new Unreadable(this.token, `at most ${MAXIMUM_DEPTH} lists within lists`);
        }
        open.push([]);
        this.#skipNewlines();
        continue;
      } else if (this.token.kind !== ']') throw new Unreadable(this.token, 'a value or `]`');
      const whole = this.#closeLists(open);
      if (whole !== undefined) return whole;
    }
  }

  /** After an item: a comma, or the ends of one or more lists. The outermost list when it has ended. */
  #closeLists(open: XlValue[][]): readonly XlValue[] | undefined {
    for (;;) {
      this.#skipNewlines();
      if (this.take(']') === undefined) break;
      const ended = open.pop() ?? [];
      const outer = open.at(-1);
      if (outer === undefined) return ended;
      outer.push(ended);
    }
    if (this.take(',') === undefined) throw new Unreadable(this.token, '`,` or `]`');
    this.#skipNewlines();
    return undefined;
  }

  #value(): XlValue {
    const atom = this.take('string', 'number');
    if (atom !== undefined) return atom.text;
    if (this.take('[') !== undefined) return this.#list();
    throw new Unreadable(this.token, 'a number, a quoted string or `[`');
  }

  assignment(): XlSetting {
    const name = this.take('identifier');
    if (name === undefined) throw new Unreadable(this.token, 'the name of a setting');
    const operator = this.take('=', '+=');
    if (operator === undefined) throw new Unreadable(this.token, '`=` or `+=`');
    const value = this.#value();
    const end = this.#tokens[this.#next - 1]?.end ?? name.end;
    const { kind } = this.token;
    if (kind !== 'newline' && kind !== ';' && kind !== 'end') {
      throw new Unreadable(this.token, 'the end of the line or `;`');
    }
    return {
      key: name.text,
      value,
      added: operator.kind === '+=',
      line: name.line,
      start: name.start,
      end,
    };
  }
}

/** With `+=` the value follows that of the same key before; a list and a string do not add up. */
function joinAdded(before: XlSetting | undefined, setting: XlSetting): XlSetting | XlProblem {
  if (!setting.added || before === undefined) return setting;
  const [first, second] = [before.value, setting.value];
  if (typeof first === 'string' && typeof second === 'string') {
    return { ...setting, value: `${first}${second}` };
  }
  if (typeof first !== 'string' && typeof second !== 'string') {
    return { ...setting, value: [...first, ...second] };
  }
  return {
    kind: 'xl-syntax',
    severity: 'error',
    line: setting.line,
    actual: `\`${setting.key} +=\` that adds a list to a string or a string to a list`,
    expected: `what \`${setting.key}\` is in line ${before.line}`,
  };
}

function duplicate(before: XlSetting, setting: XlSetting): XlProblem {
  return {
    kind: 'xl-duplicate',
    severity: 'warning',
    line: setting.line,
    actual: `\`${setting.key}\` again, after line ${before.line}`,
    expected: 'each key once: xl takes the last one',
  };
}

/** By line; of the syntax errors of a line the first one, because the others follow from it. */
function firstOfEachLine(problems: readonly XlProblem[]): XlProblem[] {
  const told = new Set<number | undefined>();
  return [...problems]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .filter(({ kind, line }) => {
      const follows = kind === 'xl-syntax' && told.has(line);
      if (kind === 'xl-syntax') told.add(line);
      return !follows;
    });
}

/** Reads an xl.cfg. After a problem the next line is read on, so that all problems are found at once. */
export function parseXl(text: string): ParsedXl {
  const { tokens, problems } = readTokens(text);
  const parser = new Parser(tokens);
  const settings: XlSetting[] = [];
  const latest = new Map<string, XlSetting>();
  const store = (setting: XlSetting): void => {
    const before = latest.get(setting.key);
    const joined = joinAdded(before, setting);
    if ('kind' in joined) {
      problems.push(joined);
      return;
    }
    if (before !== undefined && !setting.added) problems.push(duplicate(before, setting));
    settings.push(joined);
    latest.set(setting.key, joined);
  };
  while (parser.token.kind !== 'end') {
    if (parser.take('newline', ';') !== undefined) continue;
    try {
      store(parser.assignment());
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push(error.problem);
      parser.skipLine();
    }
  }
  return { settings, problems: firstOfEachLine(problems) };
}
