import type { Fact } from '../../../src/schema/fact.ts';
import type { Probe } from '../probe.ts';

type PortFact = Extract<Fact, { kind: 'io-port' }>;

/** Ranges longer than this are whole regions, of which one port tells nothing about the others. */
const SMALL = 64;

/** Ports that no fact names on its own. */
const OTHERS = [
  0x00, 0x08, 0x10, 0x60, 0x64, 0x80, 0x81, 0x92, 0xb2, 0xc0, 0xf0, 0x170, 0x1ce, 0x1f0, 0x278,
  0x2e8, 0x2f8, 0x376, 0x378, 0x3b4, 0x3c0, 0x3d4, 0x3da, 0x3e8, 0x3f2, 0x3f6, 0x3f7, 0x3f8, 0x510,
  0xae00, 0xaf00, 0xb100, 0x5555,
];

/** Ports to which zero may be written without harm. */
const WRITTEN = [0x70, 0x80, 0xed, 0x5555];

/** Ports whose reads or whose values are another each time. */
const CLOCKS = new Set([0x40, 0x41, 0x42, 0x61, 0x71]);

function covers({ attributes: { first, last } }: PortFact, port: number): boolean {
  return first !== null && last !== null && first <= port && port <= last && last - first < SMALL;
}

function hex(port: number): string {
  return `0x${port.toString(16).padStart(2, '0')}`;
}

/** Those of the port, and that of the instruction, which PV kernels run without the privilege. */
function factsOf(port: number, instruction: 'in' | 'out', facts: readonly PortFact[]): string[] {
  return [
    ...facts.filter((fact) => covers(fact, port)).map(({ id }) => id),
    `pv-instruction/${instruction}`,
  ];
}

function probe(port: number, width: 1 | 4, facts: readonly PortFact[]): Probe {
  const wide = width === 4;
  return {
    id: `in-${wide ? 'l-' : ''}${hex(port)}`,
    tried: 'port',
    subject: `Read of ${width === 1 ? 'a byte' : '4 bytes'} at port ${hex(port)}`,
    preparation: [`mov $${hex(port)}, %edx`],
    code: [wide ? 'in %dx, %eax' : 'in %dx, %al'],
    on: 'both',
    answer: 'value',
    ...(CLOCKS.has(port) ? { changes: true } : {}),
    access: 'read',
    facts: factsOf(port, 'in', facts),
  };
}

function write(port: number, facts: readonly PortFact[]): Probe {
  return {
    id: `out-${hex(port)}`,
    tried: 'port',
    subject: `Write of a byte at port ${hex(port)}`,
    preparation: [`mov $${hex(port)}, %edx`],
    code: ['out %al, %dx'],
    on: 'both',
    answer: 'none',
    access: 'write',
    facts: factsOf(port, 'out', facts),
  };
}

/**
 * Reads of every port that a fact names, of a few that belong to QEMU’s devices, and of one that nobody claims; writes of
 * some.
 */
export function portProbes(all: readonly Fact[]): Probe[] {
  const facts = all.filter((fact) => fact.kind === 'io-port');
  const named = facts.flatMap(({ attributes: { first, last } }) =>
    first === null || last === null || last - first >= SMALL
      ? []
      : [first, last].filter((port, index) => index === 0 || port !== first),
  );
  const ports = [...new Set([...named, ...OTHERS])].sort((a, b) => a - b);
  return [
    ...ports.map((port) => probe(port, 1, facts)),
    ...[0xcf8, 0xcfc].map((port) => probe(port, 4, facts)),
    ...WRITTEN.map((port) => write(port, facts)),
  ];
}
