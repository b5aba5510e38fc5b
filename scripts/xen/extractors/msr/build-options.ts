/** Build options that a condition needs without saying so: the macro that it rests on tests them. */
import type { Corpus } from '../../corpus.ts';
import type { Token } from './path.ts';

/** What a condition needs: the option, and the words that need it. */
export interface Need {
  readonly option: string;
  readonly tokens: RegExp;
}

const NEEDS = [
  {
    option: 'CONFIG_VIRIDIAN',
    path: 'xen/arch/x86/include/asm/hvm/hvm.h',
    tokens: /^xl:viridian\b/,
  },
  {
    option: 'CONFIG_VM_EVENT',
    path: 'xen/arch/x86/include/asm/vm_event.h',
    tokens: /^guest:introspection$/,
  },
] as const;

/** The needs of a tree: earlier releases build these parts always. */
export function readNeeds(corpus: Corpus): Need[] {
  return NEEDS.filter(({ option, path }) =>
    new RegExp(`\\b${option}\\b`).test(corpus.texts.get(path) ?? ''),
  );
}

/** The tokens of a condition, and those of the options that they need. */
export function needing(tokens: ReadonlySet<Token>, needs: readonly Need[]): ReadonlySet<Token> {
  const options = needs
    .filter((need) => [...tokens].some((token) => need.tokens.test(token)))
    .map(({ option }) => `kconfig:${option}`);
  return new Set([...tokens, ...options]);
}
