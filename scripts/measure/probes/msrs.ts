import type { Fact } from '../../../src/schema/fact.ts';
import type { Probe } from '../probe.ts';

/** MSRs that count, by number. */
const CLOCKS = new Set([0x10, 0xe7, 0xe8, 0x838, 0x839, 0x40000020, 0x40000021, 0xc0000104]);

/** MSRs of which the value as it is may be written back without harm. */
const WRITTEN = [
  0x1b, 0x3b, 0x48, 0x49, 0x10b, 0x140, 0x174, 0x175, 0x176, 0x17a, 0x1a0, 0x1d9, 0x250, 0x277,
  0x2ff, 0x6e0, 0xce, 0xc0000080, 0xc0000081, 0xc0000082, 0xc0000083, 0xc0000084, 0xc0000100,
  0xc0000101, 0xc0000102, 0xc0000103, 0xc0010010, 0xc0010015,
];

type MsrFact = Extract<Fact, { kind: 'msr' }>;

function firstOf({ attributes: { index } }: MsrFact): number | null {
  return typeof index === 'number' || index === null ? index : index[0];
}

function hex(index: number): string {
  return `0x${index.toString(16)}`;
}

function read(index: number, { id, attributes: { names } }: MsrFact): Probe {
  return {
    id: `rdmsr-${hex(index)}`,
    tried: 'msr',
    subject: `RDMSR of ${names[0] ?? hex(index)} (${hex(index)})`,
    preparation: [`mov $${hex(index)}, %ecx`],
    code: ['rdmsr'],
    on: 'both',
    answer: 'value',
    ...(CLOCKS.has(index) ? { changes: true } : {}),
    access: 'read',
    facts: [id],
  };
}

function write(index: number, { id, attributes: { names } }: MsrFact): Probe {
  return {
    id: `wrmsr-${hex(index)}`,
    tried: 'msr',
    subject: `WRMSR to ${names[0] ?? hex(index)} (${hex(index)}) of what it holds`,
    preparation: [`mov $${hex(index)}, %ecx`, 'rdmsr'],
    code: ['wrmsr'],
    on: 'both',
    answer: 'none',
    access: 'write',
    facts: [id],
  };
}

/** A read of each MSR that a fact names, the first of a range, and writes of some as they are. */
export function msrProbes(all: readonly Fact[]): Probe[] {
  const known = new Map<number, MsrFact>();
  for (const fact of all) {
    if (fact.kind !== 'msr') continue;
    const index = firstOf(fact);
    if (index !== null && !known.has(index)) known.set(index, fact);
  }
  const facts = [...known].sort(([a], [b]) => a - b);
  return [
    ...facts.map(([index, fact]) => read(index, fact)),
    ...facts.filter(([index]) => WRITTEN.includes(index)).map(([i, fact]) => write(i, fact)),
  ];
}
