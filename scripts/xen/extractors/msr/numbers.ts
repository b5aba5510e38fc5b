/** Numbers of MSRs: what the macros of the headers give. */
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { macroEnvironment } from '../../macro-environment.ts';

/** Headers whose macros are numbers of MSRs; up to 4.16 they stand in `asm-x86`. */
const HEADERS = ['msr-index.h', 'mtrr.h', 'apicdef.h', 'guest/hyperv-tlfs.h'].flatMap((name) => [
  `xen/arch/x86/include/asm/${name}`,
  `xen/include/asm-x86/${name}`,
]);

/** Numbers of MSRs; `_AC(x, U)` is x. */
export function environmentOf(corpus: Corpus): Environment {
  const macros = HEADERS.flatMap((path) => corpus.file(path)?.macros ?? []);
  const plain = macros.filter(({ name }) => name !== '_AC');
  const environment: Environment = macroEnvironment(plain, {
    name: () => undefined,
    call: (name, [value]) =>
      name === '_AC' && value !== undefined ? evaluate(value, environment) : undefined,
  });
  return environment;
}

/** Value of an expression of numbers, or null. */
export function valueIn(environment: Environment, text: string): number | null {
  try {
    return Number(evaluate(parseExpression(text), environment));
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}
