import type { GuestState } from '../../../src/model/condition.ts';
import type { Fact } from '../../../src/schema/fact.ts';
import type { Probe } from '../probe.ts';

const PHYSDEV_OP = 33;

/** A PV kernel asks for I/O privilege level 1, its own; the hypercall leaves other registers as they were. */
const RAISE_IOPL = [
  'movl $1, scratch',
  'mov $6, %edi',
  'mov $scratch, %esi',
  `call hypercall_page + 32 * ${PHYSDEV_OP}`,
];

const IOPL: readonly GuestState[] = ['iopl', 'io-permission'];

const AT_IOPL: readonly (readonly [
  id: string,
  subject: string,
  before: string | undefined,
  code: string,
  facts: readonly string[],
])[] = [
  ['cli', 'CLI', undefined, 'cli', ['pv-instruction/cli-sti']],
  ['sti', 'STI', undefined, 'sti', ['pv-instruction/cli-sti']],
  ['pushf', 'PUSHF', undefined, 'pushf; pop %rax', ['pv-instruction/pushf']],
  ['in-0x5555', 'Read of a byte at port 0x5555', 'mov $0x5555, %edx', 'in %dx, %al', []],
  [
    'out-0x80',
    'Write of a byte at port 0x80',
    'mov $0x80, %edx',
    'out %al, %dx',
    ['pv-instruction/out'],
  ],
  ['in-0x71', 'Read of a byte at port 0x71', 'mov $0x71, %edx', 'in %dx, %al', []],
  ['in-l-0xcf8', 'Read of 4 bytes at port 0xcf8', 'mov $0xcf8, %edx', 'in %dx, %eax', []],
];

function atIopl(): Probe[] {
  return AT_IOPL.map(([id, subject, before, code, facts]) => ({
    id: `${id}-at-iopl-1`,
    tried: code.startsWith('in ') || code.startsWith('out ') ? 'port' : 'instruction',
    subject: `${subject}, at I/O privilege level 1`,
    preparation: [...RAISE_IOPL, 'xor %eax, %eax', ...(before === undefined ? [] : [before])],
    code: code.split(';').map((part) => part.trim()),
    on: 'pv',
    answer: 'none',
    given: IOPL,
    facts: facts.length > 0 ? facts : ['pv-instruction/in'],
  }));
}

/** Registers of the local APIC as MSRs: read, or written with what they hold. */
const X2APIC: readonly (readonly [index: number, subject: string, write?: true])[] = [
  [0x802, 'the ID'],
  [0x803, 'the version'],
  [0x808, 'the task priority'],
  [0x80a, 'the processor priority'],
  [0x80b, 'the end of interrupt'],
  [0x80f, 'the spurious vector'],
  [0x832, 'the timer entry'],
  [0x808, 'the task priority', true],
  [0x80b, 'the end of interrupt', true],
  [0x832, 'the timer entry', true],
];

function factsOfMsr(all: readonly Fact[], index: number): string[] {
  return all.flatMap((fact) => {
    if (fact.kind !== 'msr') return [];
    const { index: at } = fact.attributes;
    const [first, last] = typeof at === 'number' || at === null ? [at, at] : at;
    return first !== null && last !== null && first <= index && index <= last ? [fact.id] : [];
  });
}

function inX2apicMode(all: readonly Fact[]): Probe[] {
  return X2APIC.map(([index, subject, write]) => {
    const hex = `0x${index.toString(16)}`;
    const select = `mov $${hex}, %ecx`;
    return {
      id: `${write === true ? 'wrmsr' : 'rdmsr'}-${hex}-in-x2apic-mode`,
      tried: 'msr',
      subject: `${write === true ? 'WRMSR to' : 'RDMSR of'} ${subject} of the local APIC (${hex}) in x2APIC mode`,
      preparation: write === true && index !== 0x80b ? [select, 'rdmsr'] : [select],
      code: [write === true ? 'wrmsr' : 'rdmsr'],
      on: 'hvm',
      answer: write === true ? 'none' : 'value',
      access: write === true ? 'write' : 'read',
      given: ['x2apic-mode'],
      facts: factsOfMsr(all, index),
    };
  });
}

/** The local APIC leaves the mode in which its registers are memory; there is no way back but a reset. */
const ENTER_X2APIC_MODE: Probe = {
  id: 'wrmsr-0x1b-to-x2apic-mode',
  tried: 'msr',
  subject: 'WRMSR to IA32_APIC_BASE (0x1b) that enters x2APIC mode',
  preparation: ['mov $0x1b, %ecx', 'rdmsr', 'or $0x400, %eax'],
  code: ['wrmsr'],
  on: 'hvm',
  answer: 'none',
  access: 'write',
  facts: [],
};

/** What is tried in a state that stays: after everything else. */
export function stateProbes(all: readonly Fact[]): Probe[] {
  return [...atIopl(), ENTER_X2APIC_MODE, ...inX2apicMode(all)];
}
