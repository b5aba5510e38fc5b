/**
 * The committed facts against a sample of the truth that was established by hand, where it is beside the project. Its
 * records are about one release; the shapes are their authors' own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FactKind } from '../../src/model/fact-kinds.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const FOLDER = resolve(ROOT, '../shared/truth');
const { content } = await readPinned();

function sample<T>(name: string): T[] {
  return JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as T[];
}

function facts<K extends FactKind>(kind: K): FactOf<K>[] {
  return content.facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
}

interface FlagRecord {
  readonly flag?: string;
  readonly bit: number;
  readonly predicate: string;
  readonly guest_types: Readonly<
    Record<string, { allowed: string; set_by_default: boolean | null }>
  >;
}

const GUEST_OF: Readonly<Record<string, GuestType>> = {
  pv_domU: 'pv',
  pvh_domU: 'pvh',
  hvm_domU: 'hvm',
  pv_dom0: 'pv-dom0',
  pvh_dom0: 'pvh-dom0',
  pvshim_inner_pv_guest: 'pv-shim',
};

interface HypercallRecord {
  readonly hypercall?: string;
  readonly number?: number;
  readonly callers: Readonly<Record<string, { handler: string | null }>>;
}

interface CpuidRecord {
  readonly name: string;
  readonly word: number;
  readonly bit: number;
  readonly attributes: string;
  readonly mask: Readonly<
    Record<'PV' | 'HVM_shadow' | 'HVM_HAP', { default: boolean; max: boolean }>
  >;
  readonly hides_if_absent: readonly string[];
  readonly runtime_adjustments: readonly { evidence: { line: number; func: string } }[];
}

describe.runIf(existsSync(FOLDER))('the sample of the truth', () => {
  it('agrees on the emulation flags', () => {
    const records = sample<FlagRecord>('emu-flags.json').filter(({ flag }) => flag !== undefined);
    expect(records.length).toBeGreaterThan(0);
    for (const { flag, bit, predicate, guest_types: guests } of records) {
      const fact = facts('emulation-flag').find(({ attributes }) => attributes.name === flag);
      expect(fact?.attributes).toMatchObject({ bit, gate: predicate.replace('(d)', '') });
      for (const [key, { allowed, set_by_default: chosen }] of Object.entries(guests)) {
        const guest = GUEST_OF[key];
        if (guest === undefined) continue;
        const permitted = allowed === 'forced' ? 'mandatory' : allowed;
        expect([flag, guest, fact?.attributes.permitted[guest]]).toEqual([flag, guest, permitted]);
        expect([flag, guest, fact?.attributes.chosen[guest]]).toEqual([flag, guest, chosen]);
      }
    }
  });

  it('agrees on the hypercalls', () => {
    const records = sample<HypercallRecord>('hypercalls.json').filter(
      ({ number }) => number !== undefined,
    );
    expect(records.length).toBeGreaterThan(0);
    for (const { hypercall = '', number, callers } of records) {
      const name = hypercall.replace('__HYPERVISOR_', '');
      const fact = facts('hypercall').find(({ attributes }) => attributes.name === name);
      expect([name, fact?.attributes.number]).toEqual([name, number]);
      for (const caller of ['pv32', 'pv64', 'hvm32', 'hvm64', 'arm'] as const) {
        expect([name, caller, fact?.attributes.callers[caller]]).toEqual([
          name,
          caller,
          callers[caller]?.handler,
        ]);
      }
    }
  });

  it('agrees on the hypercalls that are for PV only', () => {
    const record = sample<{ id: string; what?: string }>('hypercalls.json').find(
      ({ id }) => id === 'hc.pv-only',
    );
    const names = record?.what?.replace(/^.*?:/, '').match(/\w+/g) ?? [];
    expect(names.length).toBeGreaterThan(10);
    const onlyPv = facts('hypercall')
      .filter(({ attributes: { callers } }) => callers.pv64 !== null && callers.hvm64 === null)
      .map(({ attributes }) => attributes.name);
    expect(onlyPv.sort()).toEqual([...names].sort());
  });

  it('agrees on the options that leave a flag as it is, and the one that does not', () => {
    const related = new Map(
      facts('emulation-flag').flatMap(({ attributes }) =>
        attributes.related.map(({ option, changesFlag }) => [option, changesFlag] as const),
      ),
    );
    const options = sample<{ id: string }>('emu-flags.json').flatMap(({ id }) =>
      id.startsWith('opt.') ? [id.slice(4)] : [],
    );
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) {
      const changes = option === 'dom0';
      expect([option, related.get(changes ? 'dom0=pvh' : `${option}=`)]).toEqual([option, changes]);
    }
  });

  it('agrees on the CPUID features', () => {
    const records = sample<CpuidRecord>('cpuid.json');
    expect(records.length).toBeGreaterThan(0);
    const exposure = ({ default: byDefault, max }: { default: boolean; max: boolean }) =>
      byDefault ? 'default' : max ? 'max' : 'none';
    for (const record of records) {
      const attributes = facts('cpuid-feature').find(
        (fact) => fact.attributes.name === record.name,
      )?.attributes;
      expect(attributes, record.name).toMatchObject({
        word: record.word,
        bit: record.bit,
        letters: record.attributes.replace(/[!|]/g, ''),
        special: record.attributes.includes('!'),
        accumulates: record.attributes.includes('|'),
        exposure: {
          pv: exposure(record.mask.PV),
          'hvm-shadow': exposure(record.mask.HVM_shadow),
          'hvm-hap': exposure(record.mask.HVM_HAP),
        },
      });
      expect([...(attributes?.hides ?? [])].sort(), record.name).toEqual(
        [...record.hides_if_absent].sort(),
      );
      const sites = (attributes?.adjusted ?? []).map(({ line, symbol }) => `${line} ${symbol}`);
      const expected = record.runtime_adjustments.map(
        ({ evidence }) => `${evidence.line} ${evidence.func}`,
      );
      expect([...sites].sort(), record.name).toEqual([...expected].sort());
    }
  });

  it.each<[string, string, Partial<Record<GuestType, string>>]>([
    ['hvm.pit', 'pit', { hvm: 'emulated', pvh: 'absent', 'pvh-dom0': 'absent' }],
    ['hvm.pic-slave', 'pic-slave', { hvm: 'emulated', pvh: 'absent', 'pvh-dom0': 'absent' }],
    ['hvm.hw-rtc', 'rtc-physical', { hvm: 'absent', pvh: 'absent', 'pvh-dom0': 'mediated' }],
    ['hvm.smi-cmd', 'smi-command', { hvm: 'absent', pvh: 'absent', 'pvh-dom0': 'mediated' }],
    ['pv.gate', 'pv-permission', { pv: 'refused', 'pv-dom0': 'refused' }],
    ['pv.cf8', 'pv-pci-config-address', { pv: 'emulated', 'pv-dom0': 'emulated' }],
    [
      'dom0.deny8',
      'dom0-denied-pci-config-data',
      { 'pv-dom0': 'mediated', 'pvh-dom0': 'emulated' },
    ],
    [
      'pvhdom0.deny3',
      'dom0-denied-debug-console',
      { 'pv-dom0': 'mediated', 'pvh-dom0': 'emulated' },
    ],
    ['pvhdom0.deny4', 'dom0-denied-smi-command', { 'pv-dom0': 'mediated', 'pvh-dom0': 'mediated' }],
  ])('agrees on the ports of %s', (record, id, guests) => {
    interface PortRecord {
      readonly id: string;
      readonly ports: string;
      readonly handler: string;
      readonly condition: string;
      readonly evidence: readonly { line: number; func: string }[];
    }
    const truth = sample<PortRecord>('portio.json').find((candidate) => candidate.id === record);
    const fact = facts('io-port').find((candidate) => candidate.id === `io-port/${id}`);
    if (truth === undefined || fact === undefined) throw new Error(`no record for ${record}`);
    const [first, last] = [...truth.ports.matchAll(/0x[0-9a-f]+/g)].map((match) =>
      Number(match[0]),
    );
    if (first !== undefined && fact.attributes.first !== null) {
      expect(fact.attributes.first).toBe(first);
      if (last !== undefined) expect(fact.attributes.last).toBe(last);
    }
    for (const [guest, how] of Object.entries(guests)) {
      expect([guest, fact.guests[guest as GuestType][0]?.how]).toEqual([guest, how]);
    }
    const guards = truth.condition.match(/!?\b(?:has_v\w+|is_h\w+_domain|amd_\w+)/g) ?? [];
    expect(fact.attributes.gates).toEqual(expect.arrayContaining(guards));
    const places = fact.evidence.flatMap((item) => ('path' in item ? [item.symbol] : []));
    const functions = [...places, fact.attributes.handler];
    expect(truth.evidence.some(({ func }) => functions.includes(func))).toBe(true);
  });
});
