import type { FactKind } from '../model/fact-kinds.ts';
import type { Fact } from '../schema/fact.ts';
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

function orderOf(fact: Fact): number {
  switch (fact.kind) {
    case 'emulation-flag':
      return fact.attributes.bit;
    case 'hypercall':
      return fact.attributes.number;
    case 'cpuid-feature':
      return fact.attributes.word * 32 + fact.attributes.bit;
    case 'io-port':
      return fact.attributes.first ?? Number.POSITIVE_INFINITY;
    default:
      return fact satisfies never;
  }
}

/** Facts of a kind in the order of the source: by bit, number, word or port. */
export function inSourceOrder(facts: readonly Fact[]): Fact[] {
  return facts
    .map((fact) => ({ fact, order: orderOf(fact) }))
    .sort(
      (a, b) => (a.order === b.order ? 0 : a.order - b.order) || (a.fact.id < b.fact.id ? -1 : 1),
    )
    .map(({ fact }) => fact);
}
