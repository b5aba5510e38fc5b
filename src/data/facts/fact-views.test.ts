import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../tests/samples/content.ts';
import type { FactKind } from '../../model/fact-kinds.ts';
import type { Fact, FactOf } from '../../schema/fact.ts';
import { cpuidPlace } from './cpuid-feature.ts';
import { FACT_VIEWS, inNumericOrder, viewOf } from './index.ts';
import { portRange } from './io-port.ts';

function sample<K extends FactKind>(kind: K): FactOf<K> {
  const fact = SAMPLE.facts.find((item): item is FactOf<K> => item.kind === kind);
  if (fact === undefined) throw new Error(`The sample has no fact of the kind \`${kind}\``);
  return fact;
}

function asText(fact: Fact): Record<string, string[]> {
  return Object.fromEntries(
    viewOf(fact)
      .attributeRows(fact)
      .map(({ label, lines }) => [
        label,
        lines.map((parts) => parts.map(({ text }) => text).join('')),
      ]),
  );
}

describe('attributeRows', () => {
  it('says who reaches which handler of a hypercall', () => {
    expect(asText(sample('hypercall'))).toMatchObject({
      Name: ['mmu_update'],
      '64-bit PV': ['do_mmu_update'],
      '64-bit HVM and PVH': ['no handler'],
      'Exists in builds with': ['CONFIG_PV'],
    });
  });

  it('says where a CPUID bit is, to whom it is offered and what changes it', () => {
    expect(asText(sample('cpuid-feature'))).toMatchObject({
      Place: ['leaf 0x7, subleaf 0, EBX, bit 5'],
      'Exposed to PV': ['by default'],
      'Hidden with it': ['AVX512F'],
      'Changed by code': [
        'guest_cpuid clears it for all guests, when the guest executes CPUID; xen/arch/x86/cpuid.c, line 300',
      ],
    });
  });

  it('groups guest types by what Xen permits, and leaves out what does not exist', () => {
    const flag = sample('emulation-flag');
    const { permitted } = flag.attributes;
    const some = {
      ...flag,
      attributes: {
        ...flag.attributes,
        permitted: { ...permitted, pvh: 'mandatory', hvm: 'mandatory' } as const,
      },
    };
    expect(asText(some)['Permitted by Xen']).toEqual(['mandatory: PVH domU, HVM domU']);
    expect(asText(flag)['Permitted by Xen']).toBeUndefined();
  });

  it('links the handler of a port by its symbol', () => {
    const handler = viewOf(sample('io-port'))
      .attributeRows(sample('io-port'))
      .find(({ label }) => label === 'Handler');
    expect(handler?.lines[0]?.[0]?.as).toBe('symbol');
  });
});

describe('short forms', () => {
  it('writes a range of ports in hexadecimal', () => {
    const port = sample('io-port');
    const withPorts = (first: number | null, last: number | null) =>
      portRange({ ...port, attributes: { ...port.attributes, first, last } });
    expect(withPorts(0x40, 0x43)).toBe('0x40-0x43');
    expect(withPorts(0x61, 0x61)).toBe('0x61');
    expect(withPorts(null, null)).toBe('set at run time');
  });

  it('names the MSR of a word that mirrors one', () => {
    const feature = sample('cpuid-feature');
    const attributes = {
      ...feature.attributes,
      leaf: null,
      subleaf: null,
      register: 'eax',
      msr: 0x10a,
    };
    expect(cpuidPlace({ ...feature, attributes })).toBe('MSR 0x10a, EAX, bit 5');
  });
});

describe('the table of a kind', () => {
  it('has a value for every heading', () => {
    for (const fact of SAMPLE.facts) {
      const { headings, values } = FACT_VIEWS[fact.kind];
      expect(values(fact)).toHaveLength(headings.length);
    }
  });

  it('is in the order of the ports, and what is said of all of them comes last', () => {
    const ports = SAMPLE.facts.filter((fact) => fact.kind === 'io-port');
    const ids = inNumericOrder(ports).map(({ id }) => id);
    expect(ids).toEqual(['io-port/pit', 'io-port/pci-config', 'io-port/unclaimed']);
  });
});
