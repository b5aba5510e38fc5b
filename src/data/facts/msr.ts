import type { FactOf } from '../../schema/fact.ts';
import { type AttributeRow, code, hex, row, several, symbol, word } from './attribute-rows.ts';
import { defineFactView } from './fact-view.ts';
import { type Named, name, symbols } from './named.ts';

/** `0x1a0`, `0x179-0x17b`, or `any other`. */
export function msrNumber({ attributes: { index } }: FactOf<'msr'>): string {
  if (index === null) return 'any other';
  const [first, last] = typeof index === 'number' ? [index, index] : index;
  return first === last ? hex(first) : `${hex(first)}-${hex(last)}`;
}

const ACCESS_WORDS = { read: 'reads', write: 'writes' } as const;

function attributeRows(fact: FactOf<'msr'>): AttributeRow[] {
  const { names, index, dispatch } = fact.attributes;
  const isRange = typeof index !== 'number';
  const before = (at: number) => word(isRange && at % 2 === 1 ? ' to ' : ', ');
  return [
    ...(names.length === 0
      ? []
      : [
          row(
            'Names',
            names.flatMap((text, at) => [...(at === 0 ? [] : [before(at)]), symbol(text)]),
          ),
        ]),
    row('Number', [index === null ? word(msrNumber(fact)) : code(msrNumber(fact))]),
    ...several(
      'Cases in the source',
      dispatch.map(({ function: handler, access, label, kconfig, reached }) => [
        word(`${ACCESS_WORDS[access]}: `),
        symbol(handler),
        word(' at '),
        code(label),
        ...kconfig.flatMap((option) => [word(', with '), code(option)]),
        ...(reached ? [] : [word(', which no guest reaches: an earlier function answers')]),
      ]),
    ),
  ];
}

function functionsOf({ attributes }: FactOf<'msr'>, reached: boolean): string[] {
  const those = attributes.dispatch.filter((one) => one.reached === reached);
  return [...new Set(those.map((one) => one.function))];
}

function namedBy(fact: FactOf<'msr'>): Named[] {
  const { names } = fact.attributes;
  return [
    ...symbols('names', names),
    ...(typeof fact.attributes.index === 'number' ? [name(hex(fact.attributes.index))] : []),
    ...symbols('handler', functionsOf(fact, true)),
  ];
}

const LAST = 0x1_0000_0000;

function order({ attributes: { index } }: FactOf<'msr'>): number {
  if (index === null) return LAST;
  return typeof index === 'number' ? index : index[0];
}

/** `of the range `A` to `B``, and of others that have the same numbers. */
function rangesOf(names: readonly string[]): string {
  const firsts = names.filter((_, at) => at % 2 === 0);
  const ranges = firsts.map((first, at) => `\`${first}\` to \`${names[at * 2 + 1]}\``);
  return `of the range ${ranges.join(' and ')}`;
}

function sentence(fact: FactOf<'msr'>): string {
  const { names, index } = fact.attributes;
  if (index === null) return `${fact.title}.`;
  const what =
    typeof index === 'number'
      ? `MSR ${hex(index)}: ${names.map((text) => `\`${text}\``).join(' and ')}.`
      : `${index[0] === index[1] ? 'MSR' : 'MSRs'} ${msrNumber(fact)}, ${rangesOf(names)}.`;
  const dead = functionsOf(fact, false);
  const unreached = dead.map((text) => `\`${text}()\``).join(' and ');
  return dead.length === 0 ? what : `${what} The case in ${unreached} is dead: nothing reaches it.`;
}

export const msrView = defineFactView('msr', {
  attributeRows,
  headings: ['Number', 'Asked first'],
  values: (fact) => [msrNumber(fact), fact.attributes.dispatch[0]?.function ?? ''],
  order,
  named: namedBy,
  sentence,
});
