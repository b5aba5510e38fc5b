import type { FactKind } from '../model/fact-kinds.ts';
import type { Fact, FactOf } from '../schema/fact.ts';
import { cpuidPlace, portRange } from './fact-attributes.ts';

/** Columns of the table of a kind, beside the title and the guest types. */
const COLUMN_HEADINGS = {
  'emulation-flag': ['Bit', 'xl.cfg key', 'Gate'],
  hypercall: ['Number', 'Build option'],
  'cpuid-feature': ['Place', 'Letters'],
  'io-port': ['Ports', 'Handler'],
} as const satisfies Record<FactKind, readonly string[]>;

export interface FactColumns {
  readonly headings: readonly string[];
  /** Values in the order of the headings; `''` for an absent one. */
  readonly valuesOf: (fact: Fact) => readonly string[];
}

function valuesOf(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case 'emulation-flag':
      return [
        String(fact.attributes.bit),
        fact.attributes.option ?? '',
        fact.attributes.gate ?? '',
      ];
    case 'hypercall':
      return [String(fact.attributes.number), fact.attributes.kconfig ?? ''];
    case 'cpuid-feature':
      return [cpuidPlace(fact), fact.attributes.letters];
    case 'io-port':
      return [portRange(fact), fact.attributes.handler ?? ''];
    default:
      return fact satisfies never;
  }
}

export function factColumns(kind: FactKind): FactColumns {
  return { headings: COLUMN_HEADINGS[kind], valuesOf };
}

const PORTS = 0x10000;

/** By the first port; what is said of every port, and what is known at run time only, comes last. */
function portOrder({ first, last }: FactOf<'io-port'>['attributes']): number {
  if (first === null) return PORTS + 1;
  return first === 0 && last === PORTS - 1 ? PORTS : first;
}

function orderOf(fact: Fact): number {
  switch (fact.kind) {
    case 'emulation-flag':
      return fact.attributes.bit;
    case 'hypercall':
      return fact.attributes.number;
    case 'cpuid-feature':
      return fact.attributes.word * 32 + fact.attributes.bit;
    case 'io-port':
      return portOrder(fact.attributes);
    default:
      return fact satisfies never;
  }
}

/** Facts of a kind by bit, number, word and bit, or port. */
export function inNumericOrder(facts: readonly Fact[]): Fact[] {
  return facts
    .map((fact) => ({ fact, order: orderOf(fact) }))
    .sort((a, b) => a.order - b.order || (a.fact.id < b.fact.id ? -1 : 1))
    .map(({ fact }) => fact);
}
