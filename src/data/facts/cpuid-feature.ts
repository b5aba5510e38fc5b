import type { FactOf } from '../../schema/fact.ts';
import {
  type AttributeRow,
  code,
  commaList,
  conjunction,
  file,
  hex,
  row,
  several,
  symbol,
  word,
} from './attribute-rows.ts';
import { defineFactView } from './fact-view.ts';
import { type Named, name, places } from './named.ts';

const EXPOSURE_WORDS = {
  default: 'by default',
  max: 'when the configuration asks for it',
  none: 'not at all',
} as const;

const ADJUSTMENT_WORDS = {
  set: 'sets it',
  clear: 'clears it',
  copy: 'takes it from the host',
} as const;

const ADJUSTED_GUESTS = {
  pv: 'PV',
  hvm: 'HVM and PVH',
  all: 'all guests',
  dom0: 'dom0',
} as const;

const STAGE_WORDS = {
  max: 'in the policy of what may be offered',
  default: 'in the policy of what is offered by default',
  both: 'in the policies of what may be and what is offered',
  domain: 'in the policy of the domain',
  'run-time': 'when the guest executes CPUID',
} as const;

/** Where a CPUID bit is found: `leaf 0x1, ECX, bit 3`; with the MSR for a word that mirrors one. */
export function cpuidPlace({ attributes: a }: FactOf<'cpuid-feature'>): string {
  const leaf = a.leaf === null ? [] : [`leaf ${hex(a.leaf)}`];
  const subleaf = a.subleaf === null ? [] : [`subleaf ${a.subleaf}`];
  const msr = a.msr === null ? [] : [`MSR ${hex(a.msr)}`];
  const register = a.register === null ? [] : [a.register.toUpperCase()];
  return [...leaf, ...subleaf, ...msr, ...register, `bit ${a.bit}`].join(', ');
}

function attributeRows(fact: FactOf<'cpuid-feature'>): AttributeRow[] {
  const { attributes: a } = fact;
  return [
    row('Name', [symbol(a.name)]),
    row('Place', [word(cpuidPlace(fact))]),
    row('Bit of the feature set', [word(`word ${a.word}, bit ${a.bit}`)]),
    ...(a.letters === '' ? [] : [row('Letters', [code(a.letters)])]),
    row('Exposed to PV', [word(EXPOSURE_WORDS[a.exposure.pv])]),
    row('Exposed to HVM and PVH with shadow paging', [
      word(EXPOSURE_WORDS[a.exposure['hvm-shadow']]),
    ]),
    row('Exposed to HVM and PVH with HAP', [word(EXPOSURE_WORDS[a.exposure['hvm-hap']])]),
    ...(a.special ? [row('Special', [word('the value needs handling beyond the masks')])] : []),
    ...(a.accumulates ? [row('Levelling', [word('by OR across a pool of hosts')])] : []),
    ...several(
      'Changed by code',
      a.adjusted.map(({ path, symbol: name, line, action, guests, stage, gates }) => [
        symbol(name),
        word(` ${ADJUSTMENT_WORDS[action]} for ${ADJUSTED_GUESTS[guests]}, ${STAGE_WORDS[stage]}`),
        ...(gates.length === 0 ? [] : [word(', if '), ...conjunction(gates)]),
        word('; '),
        file(path),
        word(`, line ${line}`),
      ]),
    ),
    ...several('Hidden with it', a.hides.length === 0 ? [] : [commaList(a.hides)]),
  ];
}

function namedBy({ attributes }: FactOf<'cpuid-feature'>): Named[] {
  return [
    name(attributes.name),
    name(`X86_FEATURE_${attributes.name}`),
    ...places('adjusts', attributes.adjusted),
  ];
}

/** Whether the bit goes with another one that a policy clears: the facts cite the function that sees to it. */
function goesWithAnother({ evidence }: FactOf<'cpuid-feature'>): boolean {
  return evidence.some((item) => 'symbol' in item && item.symbol === 'sanitise_featureset');
}

function adjustmentWords(fact: FactOf<'cpuid-feature'>): string {
  const { length } = fact.attributes.adjusted;
  const depends = goesWithAnother(fact);
  if (length === 0) {
    return depends
      ? 'After the masks it is adjusted only through a feature that it depends on.'
      : 'Nothing adjusts it after the masks.';
  }
  const places = `${length} ${length === 1 ? 'place adjusts' : 'places adjust'} it after the masks`;
  return depends ? `${places}, and a feature that it depends on is adjusted, too.` : `${places}.`;
}

function sentence(fact: FactOf<'cpuid-feature'>): string {
  const { name, leaf, subleaf, register, msr, bit } = fact.attributes;
  const source =
    leaf === null
      ? `MSR 0x${(msr ?? 0).toString(16)}.${register}`
      : `CPUID leaf 0x${leaf.toString(16)}${subleaf === null ? '' : `, subleaf ${subleaf}`}, ${register}`;
  return `\`${name}\` is bit ${bit} of ${source}. ${adjustmentWords(fact)}`;
}

export const cpuidFeatureView = defineFactView('cpuid-feature', {
  attributeRows,
  headings: ['Place', 'Letters'],
  values: (fact) => [cpuidPlace(fact), fact.attributes.letters],
  order: ({ attributes }) => attributes.word * 32 + attributes.bit,
  named: namedBy,
  sentence,
});
