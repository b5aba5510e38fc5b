/**
 * Constant expressions of C: parsed once, evaluated against an environment of names and calls.
 *
 * Values are BigInt, so that `~` needs no width; the reader of a value masks it. What is not an expression of this
 * subset (no assignment, no `->`, no strings) is an `ExpressionError` that quotes where it stops.
 */
export type Expression =
  | { readonly type: 'number'; readonly value: bigint }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: 'choice';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

/** What is no expression, or has no value. It is an answer, thrown thousands of times: it carries no stack. */
export class ExpressionError extends Error {
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}

export interface Environment {
  /** Value of a name, or undefined when it has none. */
  readonly name: (name: string) => bigint | undefined;
  /** Value of a call; receives unevaluated arguments. */
  readonly call?: (name: string, args: readonly Expression[]) => bigint | undefined;
}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)[uUlL]*\b|([A-Za-z_]\w*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^~!<>?:(),]))/y;

const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new ExpressionError(`\`${text.slice(at).trim()}\` in \`${text}\``);
    tokens.push(match[1] ?? match[2] ?? '');
  }
  return tokens;
}

class ExpressionParser {
  readonly #tokens: readonly string[];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  whole(): Expression {
    const expression = this.#choice();
    if (this.#at < this.#tokens.length) this.#fail();
    return expression;
  }

  #fail(): never {
    throw new ExpressionError(`\`${this.#tokens[this.#at] ?? 'the end'}\` in \`${this.#text}\``);
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#accept(token)) this.#fail();
  }

  #choice(): Expression {
    const test = this.#binary(1);
    if (!this.#accept('?')) return test;
    const yes = this.#choice();
    this.#expect(':');
    return { type: 'choice', test, yes, no: this.#choice() };
  }

  #binary(least: number): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens[this.#at] ?? '';
      const precedence = PRECEDENCE[operator];
      if (precedence === undefined || precedence < least) return left;
      this.#at += 1;
      left = { type: 'binary', operator, left, right: this.#binary(precedence + 1) };
    }
  }

  #unary(): Expression {
    for (const operator of ['!', '~', '-', '+']) {
      if (this.#accept(operator)) return { type: 'unary', operator, operand: this.#unary() };
    }
    return this.#primary();
  }

  #primary(): Expression {
    if (this.#accept('(')) {
      const inner = this.#choice();
      this.#expect(')');
      return inner;
    }
    const token = this.#tokens[this.#at] ?? '';
    if (!/^\w/.test(token)) this.#fail();
    this.#at += 1;
    if (/^\d/.test(token)) {
      return { type: 'number', value: BigInt(/^0\d/.test(token) ? `0o${token.slice(1)}` : token) };
    }
    if (!this.#accept('(')) return { type: 'name', name: token };
    const args: Expression[] = [];
    if (!this.#accept(')')) {
      do args.push(this.#choice());
      while (this.#accept(','));
      this.#expect(')');
    }
    return { type: 'call', name: token, arguments: args };
  }
}

/** What texts were found to be: the same conditions and labels are asked for again and again. */
const parsed = new Map<string, Expression | ExpressionError>();

function parseOnce(text: string): Expression | ExpressionError {
  try {
    return new ExpressionParser(text).whole();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

/** Parses an expression. Throws an `ExpressionError` when it is none. */
export function parseExpression(text: string): Expression {
  const known = parsed.get(text) ?? parseOnce(text);
  parsed.set(text, known);
  if (known instanceof ExpressionError) throw known;
  return known;
}

const truth = (value: boolean): bigint => (value ? 1n : 0n);

function divisor(value: bigint): bigint {
  if (value === 0n) throw new ExpressionError('a division by zero');
  return value;
}

function distance(value: bigint): bigint {
  if (value < 0n || value > 63n) throw new ExpressionError(`a shift by ${value}`);
  return value;
}

const BINARY: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '<<': (a, b) => a << distance(b),
  '>>': (a, b) => a >> distance(b),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / divisor(b),
  '%': (a, b) => a % divisor(b),
};

/** Evaluates an expression. Throws an `ExpressionError` for a name or call that the environment does not know. */
export function evaluate(expression: Expression, environment: Environment): bigint {
  switch (expression.type) {
    case 'number':
      return expression.value;
    case 'name': {
      const value = environment.name(expression.name);
      if (value === undefined) throw new ExpressionError(`the unknown name \`${expression.name}\``);
      return value;
    }
    case 'call': {
      const value = environment.call?.(expression.name, expression.arguments);
      if (value === undefined)
        throw new ExpressionError(`the unknown call \`${expression.name}()\``);
      return value;
    }
    case 'unary': {
      const value = evaluate(expression.operand, environment);
      if (expression.operator === '!') return truth(value === 0n);
      if (expression.operator === '~') return ~value;
      return expression.operator === '-' ? -value : value;
    }
    case 'choice':
      return evaluate(expression.test, environment) !== 0n
        ? evaluate(expression.yes, environment)
        : evaluate(expression.no, environment);
    case 'binary': {
      const left = evaluate(expression.left, environment);
      if (expression.operator === '&&' && left === 0n) return 0n;
      if (expression.operator === '||' && left !== 0n) return 1n;
      const right = evaluate(expression.right, environment);
      if (expression.operator === '&&' || expression.operator === '||') return truth(right !== 0n);
      const operation = BINARY[expression.operator];
      if (operation === undefined) throw new ExpressionError(`\`${expression.operator}\``);
      return operation(left, right);
    }
    default:
      return expression satisfies never;
  }
}
