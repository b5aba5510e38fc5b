import type { Environment, Expression } from './expression.ts';
import { ExpressionError, evaluate, parseExpression } from './expression.ts';
import type { Macro } from './macros.ts';

const DEEPEST = 32;

/**
 * An environment in which macros have the value of their replacement text. The first definition of a name counts;
 * a macro that refers to itself, that is no expression, or that is called with another number of arguments, is an
 * `ExpressionError`.
 */
export function macroEnvironment(macros: Iterable<Macro>, rest?: Environment): Environment {
  const byName = new Map<string, Macro>();
  for (const macro of macros) if (!byName.has(macro.name)) byName.set(macro.name, macro);
  /** Values of macros without parameters, or why they have none. */
  const values = new Map<string, bigint | ExpressionError>();
  const bodies = new Map<Macro, Expression>();
  const bodyOf = (macro: Macro): Expression => {
    const known = bodies.get(macro);
    if (known !== undefined) return known;
    const body = parseExpression(macro.body);
    bodies.set(macro, body);
    return body;
  };
  let depth = 0;
  const expand = (macro: Macro, local: ReadonlyMap<string, bigint>): bigint => {
    if (depth >= DEEPEST) throw new ExpressionError(`\`${macro.name}\`, which never ends`);
    depth += 1;
    try {
      return evaluate(bodyOf(macro), {
        name: (name) => local.get(name) ?? environment.name(name),
        ...(environment.call === undefined ? {} : { call: environment.call }),
      });
    } finally {
      depth -= 1;
    }
  };
  /** The value of a macro without parameters, or why it has none. Where a chain of macros is too deep depends on its start. */
  const resolve = (macro: Macro): bigint | ExpressionError => {
    try {
      return expand(macro, new Map());
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      if (depth === 0) values.set(macro.name, error);
      return error;
    }
  };
  const environment: Environment = {
    name: (name) => {
      const known = rest?.name(name);
      if (known !== undefined) return known;
      const macro = byName.get(name);
      if (macro === undefined || macro.parameters !== null) return undefined;
      const value = values.get(name) ?? resolve(macro);
      if (typeof value !== 'bigint') throw value;
      values.set(name, value);
      return value;
    },
    call: (name, args: readonly Expression[]) => {
      const known = rest?.call?.(name, args);
      if (known !== undefined) return known;
      const macro = byName.get(name);
      if (macro === undefined || macro.parameters === null) return undefined;
      if (args.length !== macro.parameters.length) {
        throw new ExpressionError(`\`${name}()\` with ${args.length} arguments`);
      }
      const values = args.map((argument) => evaluate(argument, environment));
      return expand(macro, new Map(macro.parameters.map((name, i) => [name, values[i] ?? 0n])));
    },
  };
  return environment;
}
