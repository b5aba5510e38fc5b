/** Numbers of MSRs: what the macros of the headers give. */
import type { Corpus } from '../../corpus.ts';
import { type Environment, ExpressionError, evaluate, parseExpression } from '../../expression.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { pathIn } from '../../moves.ts';

/** Headers whose macros are numbers of MSRs; those of Viridian stood in a header of its own up to 4.13. */
const HEADERS = [
  'xen/arch/x86/include/asm/msr-index.h',
  'xen/arch/x86/include/asm/mtrr.h',
  'xen/arch/x86/include/asm/apicdef.h',
  'xen/arch/x86/include/asm/guest/hyperv-tlfs.h',
  'xen/arch/x86/hvm/viridian/private.h',
] as const;

/** Numbers of MSRs; `_AC(x, U)` is x. */
export function environmentOf(corpus: Corpus): Environment {
  const macros = HEADERS.flatMap((path) => corpus.file(pathIn(path, corpus.release))?.macros ?? []);
  const plain = macros.filter(({ name }) => name !== '_AC');
  const environment: Environment = macroEnvironment(plain, {
    name: () => undefined,
    call: (name, [value]) =>
      name === '_AC' && value !== undefined ? evaluate(value, environment) : undefined,
  });
  return environment;
}

/** What texts were found to be: the same labels are compared with for every MSR and guest type. */
const values = new WeakMap<Environment, Map<string, number | null>>();

/** Value of an expression of numbers, or null. */
export function valueIn(environment: Environment, text: string): number | null {
  const known = values.get(environment) ?? new Map<string, number | null>();
  values.set(environment, known);
  const before = known.get(text);
  if (before !== undefined) return before;
  const value = readValue(environment, text);
  known.set(text, value);
  return value;
}

function readValue(environment: Environment, text: string): number | null {
  try {
    return Number(evaluate(parseExpression(text), environment));
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}
