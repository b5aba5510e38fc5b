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
  let depth = 0;
  const expand = (macro: Macro, local: ReadonlyMap<string, bigint>): bigint => {
    if (depth >= DEEPEST) throw new ExpressionError(`\`${macro.name}\`, which never ends`);
    depth += 1;
    try {
      return evaluate(parseExpression(macro.body), {
        name: (name) => local.get(name) ?? environment.name(name),
        ...(environment.call === undefined ? {} : { call: environment.call }),
      });
    } finally {
      depth -= 1;
    }
  };
  const environment: Environment = {
    name: (name) => {
      const known = rest?.name(name);
      if (known !== undefined) return known;
      const macro = byName.get(name);
      return macro === undefined || macro.parameters !== null
        ? undefined
        : expand(macro, new Map());
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
