/** Build options that a condition needs without saying so: the macros that it rests on test them. */
import type { Condition } from '../../src/model/condition.ts';
import type { Corpus } from './corpus.ts';
import { pathIn } from './moves.ts';

const HVM = 'xen/arch/x86/include/asm/hvm/hvm.h';
const PAGING = 'xen/arch/x86/include/asm/paging.h';
const VM_EVENT = 'xen/arch/x86/include/asm/vm_event.h';

/** An option, the header that tests it, and the conditions that rest on it. */
const NEEDS: readonly (readonly [
  option: string,
  path: string,
  rests: (when: Condition) => boolean,
])[] = [
  [
    'CONFIG_ALTP2M',
    HVM,
    ({ xl, guest }) =>
      Boolean(xl?.['altp2m'] ?? xl?.['altp2mhvm']) || (guest?.includes('altp2m') ?? false),
  ],
  ['CONFIG_SHADOW_PAGING', PAGING, ({ paging }) => paging === 'shadow'],
  [
    'CONFIG_VIRIDIAN',
    HVM,
    ({ xl, guest }) => Boolean(xl?.['viridian']) || (guest?.includes('viridian') ?? false),
  ],
  ['CONFIG_VM_EVENT', VM_EVENT, ({ guest }) => guest?.includes('introspection') ?? false],
];

export type BuildOptions = ReadonlySet<string>;

/** The options that a tree tests; earlier releases build these parts always. */
export function readBuildOptions(corpus: Corpus): BuildOptions {
  const tested = NEEDS.filter(([option, path]) =>
    new RegExp(`\\b${option}\\b`).test(corpus.texts.get(pathIn(path, corpus.release)) ?? ''),
  );
  return new Set(tested.map(([option]) => option));
}

/** The condition with the options that it rests on, unless it is about a build without them. */
export function withBuildOptions(
  when: Condition | undefined,
  options: BuildOptions,
): Condition | undefined {
  if (when === undefined) return undefined;
  const said = when.kconfig ?? [];
  const needed = NEEDS.filter(
    ([option, , rests]) => options.has(option) && rests(when) && !said.includes(`!${option}`),
  );
  const kconfig = [...new Set([...said, ...needed.map(([option]) => option)])];
  return kconfig.length === 0 ? when : { ...when, kconfig: kconfig.sort() };
}
