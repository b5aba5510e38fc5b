/** The committed instructions of PV guests against the sample of the truth, where it is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { Effect, Handling, How } from '../../src/model/handling.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const FOLDER = resolve(ROOT, '../shared/truth');
const { content } = await readPinned();
const committed = content.facts.filter((fact) => fact.kind === 'pv-instruction');

type Fact = FactOf<'pv-instruction'>;
type Column = 'PV64_domU' | 'PV32_domU' | 'PV_dom0';

interface InstructionRecord extends Readonly<Record<Column, string>> {
  readonly id: string;
  readonly operation: string;
  readonly class: string;
  readonly hypercall_alternative?: string | null;
  readonly HVM_PVH?: string;
  readonly evidence: readonly { file: string; line: number; func: string | null }[];
}

/** Facts by the record of the sample that is about them. */
const FACTS_OF: Readonly<Record<string, readonly string[]>> = {
  'entry.gp': ['entry-general-protection'],
  'mode.fred': ['fred'],
  'insn.clts': ['clts'],
  'insn.mov_to_cr2': ['mov-to-cr2'],
  'insn.cr8': ['mov-cr8'],
  'insn.rdmsr_wrmsr': ['rdmsr', 'wrmsr'],
  'insn.cpuid_native': ['cpuid'],
  'insn.int_n': ['int-n'],
  'insn.callgate': ['call-gate'],
  'insn.hlt': ['hlt'],
  'insn.invd': ['invd'],
  'insn.invpcid': ['invpcid'],
  'insn.monitor_mwait': ['monitor-mwait'],
  'insn.sgdt_family': ['sgdt', 'sidt', 'sldt', 'str', 'smsw'],
  'pf.ptwr': ['page-table-write'],
  'pf.mmcfg': ['ecam-write'],
  'pf.ldt': ['ldt-fault', 'gdt-fault'],
  'pf.shadow': ['shadow-fault'],
  'hypercall.mmuext_op': ['hypercall-mmuext-op'],
  'hypercall.physdev_op': ['hypercall-physdev-op'],
  'hypercall.platform_op': ['hypercall-platform-op'],
  'hypercall.memory_op': ['hypercall-memory-op'],
};

/** What the words of a column ask for: some handling of the cell has it. */
const VERDICTS: readonly (readonly [RegExp, readonly How[], Effect?])[] = [
  [/^hypercall$/, ['paravirtualized', 'restricted']],
  [/^(?:n\/a|unavailable)/, ['absent']],
  [/^(?:run natively|.* runs natively)/, ['native']],
  [/^(?:not emulated|#GP )/, ['refused'], '#GP'],
  [/^#UD/, ['refused'], '#UD'],
  [/^applies/, ['paravirtualized']],
  [/emulat|fix-up|^error_code|^same|^as |^IDT mode|on demand/, ['emulated', 'mediated']],
];

const GUEST_OF: Readonly<Record<Column, GuestType>> = {
  PV64_domU: 'pv',
  PV32_domU: 'pv',
  PV_dom0: 'pv-dom0',
};

/** The records, or none where the sample is not there: the tests that are skipped are listed nonetheless. */
function sample(): InstructionRecord[] {
  const path = resolve(FOLDER, 'pv-insn.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as InstructionRecord[]) : [];
}

function named(id: string): Fact {
  const fact = committed.find((candidate) => candidate.id === `pv-instruction/${id}`);
  if (fact === undefined) throw new Error(`no fact ${id}`);
  return fact;
}

function factsOf(id: string): Fact[] {
  const facts = (FACTS_OF[id] ?? []).map(named);
  if (facts.length === 0) throw new Error(`no facts for the record ${id}`);
  return facts;
}

/** Handlings of a column that hold for guests of its width. */
function handlingsOf(fact: Fact, column: Column): readonly Handling[] {
  const other = column === 'PV64_domU' ? 32 : column === 'PV32_domU' ? 64 : undefined;
  return fact.guests[GUEST_OF[column]].filter(({ when }) => when?.bits !== other || !other);
}

function wordsOf(record: InstructionRecord, column: Column): string {
  return /^(?:same|as PV64|as its bitness)/.test(record[column])
    ? record.PV64_domU
    : record[column];
}

const COLUMNS: readonly Column[] = ['PV64_domU', 'PV32_domU', 'PV_dom0'];

describe.runIf(existsSync(FOLDER))('every record of the sample', () => {
  it('has its facts', () => {
    expect(
      sample()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(FACTS_OF).sort());
  });

  it.each(sample().map((record) => [record.id, record] as const))('%s', (id, record) => {
    const facts = factsOf(id);
    for (const column of COLUMNS) {
      const words = wordsOf(record, column);
      const [, hows, effect] = VERDICTS.find(([pattern]) => pattern.test(words)) ?? [];
      expect([id, column, words, hows]).not.toContain(undefined);
      const found = facts.flatMap((fact) => handlingsOf(fact, column));
      const fits = found.some(
        (one) => hows?.includes(one.how) && (effect === undefined || one.effect === effect),
      );
      expect([column, words, fits, found.map(({ how }) => how)]).toEqual([
        column,
        words,
        true,
        expect.anything(),
      ]);
    }
    const places = facts.flatMap(({ evidence }) => evidence.filter(isTreeEvidence));
    for (const { file, func } of record.evidence) {
      expect(places.some(({ path, symbol }) => path === file && symbol === (func ?? symbol))).toBe(
        true,
      );
    }
  });

  it.each(
    sample()
      .filter(({ HVM_PVH }) => HVM_PVH !== undefined)
      .map(({ id }) => id),
  )('%s: HVM and PVH have it, restricted', (id) => {
    for (const fact of factsOf(id)) {
      expect(fact.guests.hvm[0]?.how).toBe('restricted');
      expect(fact.guests.pvh[0]?.how).toBe('restricted');
    }
  });
});

describe('what a second reader of the truth corrected', () => {
  const conditions = (id: string, guest: GuestType, how: How, effect?: Effect) =>
    named(id)
      .guests[guest].filter((one) => one.how === how && one.effect === effect)
      .map(({ when }) => when);

  it('page-table writes of a domU need the assist, those of dom0 do not', () => {
    expect(conditions('page-table-write', 'pv', 'emulated')[0]?.guest).toEqual([
      'writable-pagetables',
      '!user-mode',
      'level-1-table',
    ]);
    expect(conditions('page-table-write', 'pv-dom0', 'emulated')[0]?.guest).toEqual([
      '!user-mode',
      'level-1-table',
    ]);
  });

  it('the TSC of dom0 is never emulated but for its own CR4.TSD', () => {
    for (const id of ['rdtsc', 'rdtscp']) {
      const all = named(id).guests['pv-dom0'].flatMap(({ when }) => when?.guest ?? []);
      expect(all).not.toContain('vtsc');
      expect(conditions(id, 'pv', 'refused', '#GP')[0]?.guest).toEqual(['cr4-tsd', 'user-mode']);
    }
    expect(named('rdtscp').guests.pv).toContainEqual(
      expect.objectContaining({
        how: 'refused',
        effect: '#GP',
        when: expect.objectContaining({ cpuid: ['!rdtscp', '!rdpid'] }),
      }),
    );
  });

  it('FRED is off by default in the shim', () => {
    expect(named('fred').guests['pv-shim'][0]?.how).toBe('absent');
  });

  it('INVPCID and SYSEXIT can be #UD as well', () => {
    expect(conditions('invpcid', 'pv', 'refused', '#UD')).toEqual([
      { feature: ['!host-instruction'] },
    ]);
    expect(conditions('sysexit', 'pv', 'refused', '#UD')).toEqual([
      { feature: ['fred'] },
      { vendor: 'amd' },
    ]);
  });

  it('POPF of a 32-bit kernel runs at privilege level 1', () => {
    expect(conditions('popf', 'pv', 'native').map((when) => when?.bits)).toEqual([64, 32]);
  });

  it('ECAM writes go through but for read-only devices, and reads are direct', () => {
    const cell = named('ecam-write').guests['pv-dom0'].map(({ how, effect }) => effect ?? how);
    expect(cell).toEqual(['mediated', 'passthrough', 'ignored', '#PF', 'passthrough']);
    expect(conditions('ecam-write', 'pv-dom0', 'passthrough')).toEqual([
      undefined,
      { cmdline: 'mmcfg=0' },
    ]);
  });

  it('the ports of dom0 are not all of them, and none in the shim', () => {
    const fact = named('port-permission-of-the-administrator');
    expect(fact.guests['pv-dom0'][0]?.note).toMatch(/UART.*C-state/);
    expect(new Set(fact.guests['pv-shim'].map(({ how }) => how))).toEqual(new Set(['refused']));
  });

  it('CPUID is native unless the CPU can fault on it', () => {
    expect(conditions('cpuid', 'pv', 'native')).toEqual([
      { feature: ['!cpuid-faulting', '!cpuid-user-dis'] },
    ]);
  });
});

describe('the authored entries', () => {
  it('say nothing of HVM, PVH and Arm', () => {
    const authored = committed.filter(({ origin }) => origin === 'authored');
    expect(authored.length).toBeGreaterThan(110);
    for (const { guests } of authored) {
      for (const guest of ['hvm', 'pvh', 'pvh-dom0', 'arm', 'arm-dom0'] as const) {
        expect(guests[guest].map(({ how }) => how)).toEqual(['absent']);
      }
    }
  });

  it('give every emulated instruction a condition in every handling', () => {
    const bare = committed
      .filter(({ attributes }) => attributes.class === 'emulated-instruction')
      .flatMap(({ id, guests }) =>
        (['pv', 'pv-dom0', 'pv-shim'] as const).flatMap((guest) =>
          guests[guest].filter(({ when }) => when === undefined).map(() => `${id} ${guest}`),
        ),
      );
    expect(bare).toEqual([]);
  });
});
