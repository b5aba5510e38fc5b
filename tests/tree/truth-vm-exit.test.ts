/**
 * The committed VM exits against the sample of the truth, where it is beside the project: what
 * the tables say of an exit must agree with what the construction of a vCPU asks for.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FactOf } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const FOLDER = resolve(ROOT, '../shared/truth');
const { content } = await readPinned();
const committed = content.facts.filter((fact) => fact.kind === 'vm-exit');
const CONTAINERS = ['hvm', 'pvh', 'pvh-dom0'] as const;

/** Registers that no CPU has: intercepted, as the whole word of the VMCB is set, and never accessed. */
const NO_REGISTER = /^VMEXIT_(?:CR(?:1|5|6|7|9|1\d)|DR(?:8|9|1\d))_/;

interface ExitRecord {
  readonly vendor: string;
  readonly name: string;
  readonly names?: readonly string[];
  readonly value: number | readonly number[] | null;
  readonly handler: string;
  readonly ends_in_instruction_emulation: string;
  readonly when_enabled: string;
  readonly evidence: readonly { file: string; line: number; func: string | null }[];
}

/** The records, or none where the sample is not there: the tests that are skipped are listed nonetheless. */
function sample(): ExitRecord[] {
  const path = resolve(FOLDER, 'vmexits.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ExitRecord[]) : [];
}

function named(name: string): FactOf<'vm-exit'> {
  const fact = committed.find(({ attributes }) => attributes.name === name);
  if (fact === undefined) throw new Error(`no fact for ${name}`);
  return fact;
}

/** Functions that a record names as handler, before its comments. */
function functionsIn(text: string): string[] {
  return text.match(/\b[a-z]+(?:_[A-Za-z]+)+\b/g) ?? [];
}

describe.runIf(existsSync(FOLDER))('every record of the sample', () => {
  const records = sample().flatMap((record) =>
    (record.names ?? [record.name])
      .filter((name) => /^(?:EXIT_REASON|VMEXIT)_/.test(name))
      .map((name) => [name, record] as const),
  );

  it('is about an exit, or about the length of an instruction', () => {
    const others = sample().filter(({ name, names }) => names === undefined && /^\(/.test(name));
    expect(others.map(({ name }) => name)).toEqual(['(svm_get_insn_len)']);
    expect(named('VMEXIT_CPUID').attributes.decoderPath[0]).toBe('svm_get_insn_len');
  });

  it.each(records)('%s: code, handler and cells', (name, record) => {
    const { attributes: a, guests } = named(name);
    expect(a.vendor).toBe(record.vendor.toLowerCase());
    expect([record.value].flat()).toContain(a.code);
    const unhandled = /no (?:main-switch )?case|NO case/.test(record.handler);
    expect(a.handled).toBe(!unhandled);
    const handlers = functionsIn(record.handler.replace(/\(.*?\)|;.*$/g, ''));
    if (!unhandled && a.handler !== null && handlers.length > 0) {
      expect([...a.calls, 'vmx_intr_assist']).toEqual(expect.arrayContaining(handlers.slice(0, 1)));
    }
    for (const guest of CONTAINERS) {
      const absent = guests[guest].every(({ how }) => how === 'absent');
      expect(absent).toBe(record.when_enabled === 'not expected');
    }
    for (const guest of ['pv', 'pv-dom0', 'pv-shim', 'arm', 'arm-dom0'] as const) {
      expect(guests[guest][0]?.how).toBe('absent');
    }
  });

  it.each(records)('%s: the emulator', (name, record) => {
    const { attributes: a } = named(name);
    const ends = record.ends_in_instruction_emulation;
    const decodes = ends.startsWith('decode only');
    const no = decodes || ends.startsWith('no');
    expect(a.emulates).toBe(no ? 'no' : 'conditional');
    if (decodes) expect(a.decoderPath.at(-1)).toBe('x86_decode_insn');
    if (!no) expect(a.emulatorPath.at(-1)).toBe('x86_emulate');
  });

  it.each(records)('%s: when it is taken', (name, record) => {
    const { byDefault, namedIn } = named(name).attributes.intercept;
    const wanted = record.when_enabled;
    if (wanted === 'not expected') expect(['unconditional', 'never']).toContain(byDefault);
    else if (/unconditional/.test(wanted)) expect(byDefault).toBe('unconditional');
    else if (/always|initially|I\/O bitmap/.test(wanted)) expect(byDefault).toBe('always');
    else if (/dynamic|while/.test(wanted)) {
      expect(byDefault === 'always' || namedIn.length > 0).toBe(true);
    } else expect(byDefault).toBe('conditional');
  });

  it.each(records)('%s: evidence', (name, record) => {
    const header = named(name).evidence[0];
    if (header === undefined || !('line' in header)) throw new Error(`no evidence of ${name}`);
    const first = [record.value].flat()[0] === named(name).attributes.code;
    if (first) expect(header.line).toBe(record.evidence[0]?.line);
  });
});

type Handlings = FactOf<'vm-exit'>['guests']['hvm'];

/** What the words about when an exit is taken ask of the conditions of the cell. */
const CONDITIONS: readonly (readonly [words: RegExp, holds: (handlings: Handlings) => boolean])[] =
  [
    [/shadow paging only/, (all) => byXen(all).every(({ when }) => when?.paging === 'shadow')],
    [/^EPT \(HAP\)/, (all) => byXen(all, 'hap').length > 0 && all.some(isAbsent)],
    [/TPR shadow without/, (all) => byXen(all, 'tpr-shadow', '!apicv').length > 0],
    [/virtual-interrupt-delivery and/, (all) => byXen(all, 'apicv').length > 0],
    [/log-dirty/, (all) => byXen(all, 'log-dirty').length > 0 && all.some(isAbsent)],
    [/vtsc/, (all) => byXen(all, 'vtsc').length > 0 && onCpu(all, '!vtsc').length > 0],
    [/as RDTSC/, (all) => byXen(all, 'vtsc').length > 0 && onCpu(all, '!vtsc').length > 0],
    [/dynamic/, (all) => byXen(all).every(({ when }) => when !== undefined)],
    [/lazily dropped/, (all) => onCpu(all, 'debug-registers-loaded').length > 0],
    [
      /0xed/,
      (all) =>
        all.some(
          ({ how, when }) =>
            how === 'passthrough' &&
            (when?.ports?.includes('0xed') || when?.guest?.includes('ports-granted')),
        ),
    ],
    [
      /^not expected$/,
      (all) => all.every((one) => isAbsent(one) || (one.by === 'cpu' && byXen([one]).length === 0)),
    ],
  ];

const isAbsent = ({ how }: Handlings[number]) => how === 'absent';

function words({ when }: Handlings[number]): string[] {
  const { paging, feature = [], guest = [] } = when ?? {};
  return [...(paging === undefined ? [] : [paging]), ...feature, ...guest];
}

/** Handlings that Xen takes, and in whose condition the words stand; emulated real mode is a detour. */
function byXen(all: Handlings, ...wanted: readonly string[]) {
  return all.filter(
    (one) =>
      one.by === 'xen' &&
      !words(one).includes('real-mode') &&
      wanted.every((word) => words(one).includes(word)),
  );
}

function onCpu(all: Handlings, ...wanted: readonly string[]) {
  return all.filter(
    (one) => one.how === 'hardware' && wanted.every((word) => words(one).includes(word)),
  );
}

describe.runIf(existsSync(FOLDER))('the conditions of the sample', () => {
  const records = sample().flatMap((record) =>
    (record.names ?? [record.name])
      .filter((name) => /^(?:EXIT_REASON|VMEXIT)_/.test(name))
      .flatMap((name) =>
        CONDITIONS.filter(([pattern]) => pattern.test(record.when_enabled)).map(
          ([, holds]) => [name, record.when_enabled, holds] as const,
        ),
      ),
  );

  it('are found', () => {
    expect(records.length).toBeGreaterThan(10);
  });

  it.each(records)('%s: %s', (name, _words, holds) => {
    for (const guest of CONTAINERS) expect(holds(named(name).guests[guest])).toBe(true);
  });
});

describe('what a second reader found', () => {
  it.each(['hvm', 'pvh', 'pvh-dom0'] as const)('control registers of VMX, for %s', (guest) => {
    const { guests, attributes } = named('EXIT_REASON_CR_ACCESS');
    expect(byXen(guests[guest], 'owned-bit-changes').length).toBe(1);
    expect(onCpu(guests[guest], '!owned-bit-changes').length).toBe(1);
    expect(attributes.emulates).toBe('no');
  });

  it('LMSW runs in the emulator on SVM, and MOV from CR0 always exits', () => {
    const { attributes } = named('VMEXIT_CR0_WRITE');
    expect(attributes.emulatesWhen).toContain('LMSW');
    expect(named('VMEXIT_CR0_READ').attributes.intercept.byDefault).toBe('always');
  });

  it('writes of CR3 exit on SVM where introspection asks for them, even with HAP', () => {
    const cell = named('VMEXIT_CR3_WRITE').guests.hvm;
    expect(byXen(cell, 'hap', 'introspection')[0]?.when?.kconfig).toEqual(['CONFIG_VM_EVENT']);
  });

  it('nothing that failed to enter the guest goes to the emulator of real mode', () => {
    for (const name of ['INVALID_GUEST_STATE', 'MSR_LOADING', 'MCE_DURING_VMENTRY']) {
      expect(named(`EXIT_REASON_${name}`).attributes.realMode).toBe(false);
    }
  });

  it('PVH dom0 keeps the hardware TSC when the CPU scales it', () => {
    const cell = named('EXIT_REASON_RDTSC').guests['pvh-dom0'];
    expect(onCpu(cell, 'vtsc', 'tsc-scaling').length).toBe(1);
    expect(onCpu(named('EXIT_REASON_RDTSC').guests.hvm, 'vtsc')).toEqual([]);
  });

  it('the accesses to the APIC page run in the emulator, but for a write of EOI', () => {
    expect(named('EXIT_REASON_APIC_ACCESS').attributes.emulatesWhen).toContain('EOI');
  });
});

describe('the committed exits', () => {
  it.each(committed.map((fact) => [fact.attributes.name, fact] as const))(
    '%s: cells agree with what a vCPU asks for',
    (name, { attributes: a, guests }) => {
      const { byDefault, namedIn } = a.intercept;
      for (const guest of CONTAINERS) {
        const exits = guests[guest].some(({ by }) => by === 'xen');
        if (byDefault === 'always') expect(exits).toBe(!NO_REGISTER.test(name));
        if (byDefault === 'never' && !a.handled) expect(exits && namedIn.length === 0).toBe(false);
        if (byDefault === 'conditional') expect(exits).toBe(true);
      }
    },
  );
});
