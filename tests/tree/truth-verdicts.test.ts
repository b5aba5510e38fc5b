/**
 * The verdicts and conditions of flags, hypercalls and CPUID features against the sample of the truth, and what its
 * corrections and spot checks say of other kinds, where the sample is beside the project.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import type { Fact } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const FOLDER = resolve(ROOT, '../shared/truth');
const { content } = await readPinned();

function sample<T>(name: string): T[] {
  const path = resolve(FOLDER, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T[]) : [];
}

function fact(id: string): Fact {
  const found = content.facts.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no fact ${id}`);
  return found;
}

const cell = (id: string, guest: GuestType) => fact(id).guests[guest];
const hows = (id: string, guest: GuestType) => cell(id, guest).map(({ how }) => how);
const CONTAINERS = ['hvm', 'pvh', 'pvh-dom0'] as const;
const PV = ['pv', 'pv-dom0'] as const;

interface FlagRecord {
  readonly flag?: string;
  readonly guest_types: Readonly<Record<string, { allowed: string; set_by_default: boolean }>>;
}

const FLAG_GUESTS = {
  pv_domU: 'pv',
  pvh_domU: 'pvh',
  hvm_domU: 'hvm',
  pv_dom0: 'pv-dom0',
  pvh_dom0: 'pvh-dom0',
  pvshim_inner_pv_guest: 'pv-shim',
} as const;

interface HypercallRecord {
  readonly hypercall?: string;
  readonly callers?: Readonly<Record<string, { readonly dispatched: boolean }>>;
  readonly build_condition?: readonly string[] | null;
  readonly restrictions_inside_handler?: Readonly<
    Record<'hvm' | 'pv' | 'arm' | 'shim', readonly string[] | undefined>
  >;
}

/** The callers of the sample, and the guest types behind them. */
const CALLER_GUESTS = {
  pv64: PV,
  hvm64: CONTAINERS,
  arm: ['arm', 'arm-dom0'],
  pvshim_exclusive_pv64: ['pv-shim'],
} as const satisfies Record<string, readonly GuestType[]>;

const RESTRICTED_GUESTS = {
  hvm: CONTAINERS,
  pv: PV,
  arm: ['arm', 'arm-dom0'],
} as const satisfies Record<string, readonly GuestType[]>;

interface CpuidRecord {
  readonly name: string;
  readonly mask: Readonly<Record<'PV' | 'HVM_shadow' | 'HVM_HAP', { exposure: string }>>;
  readonly runtime_adjustments: readonly { scope: string; condition: string }[];
}

const HOW: Readonly<Record<string, string>> = {
  default: 'exposed',
  'opt-in': 'opt-in',
  'never-by-mask': 'hidden',
};

describe.runIf(existsSync(FOLDER))('the sample of the truth', () => {
  it.each(sample<FlagRecord>('emu-flags.json').filter(({ flag }) => flag !== undefined))(
    'agrees on what $flag comes to',
    ({ flag = '', guest_types: guests }) => {
      const id = `emulation-flag/${flag.replace('XEN_X86_EMU_', '').toLowerCase()}`;
      for (const [key, guest] of Object.entries(FLAG_GUESTS)) {
        const said = guests[key];
        expect([guest, hows(id, guest)[0] !== 'absent']).toEqual([guest, said?.set_by_default]);
        if (said?.allowed === 'forbidden') expect(hows(id, guest)).toEqual(['absent']);
      }
    },
  );

  it.each(
    sample<HypercallRecord>('hypercalls.json').filter(({ callers }) => callers !== undefined),
  )(
    'agrees on who is let through by $hypercall',
    ({ hypercall = '', callers, build_condition: option, restrictions_inside_handler: inside }) => {
      const id = `hypercall/${hypercall.replace('__HYPERVISOR_', '').replaceAll('_', '-')}`;
      for (const [caller, guests] of Object.entries(CALLER_GUESTS)) {
        for (const guest of guests) {
          const [first] = cell(id, guest);
          const closed = first?.how === 'hidden' || first?.how === 'refused';
          const fails = /-E\w+ when has_vlapic/.test(JSON.stringify(inside?.hvm ?? ''));
          const dispatched = callers?.[caller]?.dispatched === true;
          expect([caller, guest, !closed]).toEqual([
            caller,
            guest,
            dispatched && !(fails && caller === 'hvm64'),
          ]);
          if (option !== null && option !== undefined && !closed && guest !== 'pv-shim') {
            expect([guest, first?.when?.kconfig]).toEqual([guest, expect.anything()]);
          }
        }
      }
      for (const [family, guests] of Object.entries(RESTRICTED_GUESTS)) {
        const said = inside?.[family as keyof typeof RESTRICTED_GUESTS]?.join(' ') ?? '';
        if (!/\bonly\b|-E[A-Z]+/.test(said)) continue;
        for (const guest of guests) {
          expect([guest, ['restricted', 'refused']]).toEqual([
            guest,
            expect.arrayContaining([hows(id, guest)[0]]),
          ]);
        }
      }
      if (inside?.shim !== undefined) {
        expect(cell(id, 'pv-shim').some(({ note = '' }) => note.includes('forwards'))).toBe(true);
      }
    },
  );

  it.each(sample<CpuidRecord>('cpuid.json'))(
    'agrees on who sees $name, and on whether it depends',
    ({ name, mask, runtime_adjustments: adjusted }) => {
      const id = `cpuid-feature/${name.toLowerCase().replaceAll('_', '-')}`;
      // The records say of a feature alone, without boot options; what goes with a feature that it depends on is
      // `sanitise_featureset()`.
      const alone = ({ note = '', when }: Handling) =>
        !note.startsWith('It depends on ') && when?.cmdline === undefined;
      const pv = cell(id, 'pv').filter((one) => one.how !== 'native' && alone(one));
      const hvm = cell(id, 'hvm').filter(alone);
      if (adjusted.length === 0) {
        expect(pv.map(({ how }) => how)).toEqual([HOW[mask.PV.exposure]]);
        const both = [mask.HVM_HAP, mask.HVM_shadow].map(({ exposure }) => HOW[exposure]);
        expect(hvm.map(({ how }) => how)).toEqual([...new Set(both)]);
        return;
      }
      const depends = adjusted.some(({ condition }) => !condition.startsWith('unconditional'));
      const cells = Object.values(fact(id).guests).flat();
      const conditional = cells.some(({ how, when }) => how !== 'native' && when !== undefined);
      if (depends) expect(conditional).toBe(true);
      const own = (guest: 'pvh' | 'hvm') =>
        cell(id, guest)
          .filter(alone)
          .map(({ how, when }) => ({ how, when }));
      expect(own('pvh')).toEqual(own('hvm'));
    },
  );
});

it('says of the corrected records what the code says', () => {
  const hpet = cell('mmio-region/hpet', 'pvh-dom0');
  expect(hpet[0]).toMatchObject({ how: 'passthrough', access: 'read' });
  expect(hpet[1]).toMatchObject({ how: 'refused', effect: 'ignored', access: 'write' });
  expect(hows('mmio-region/ioapic', 'pv-dom0')).toEqual([
    'paravirtualized',
    'passthrough',
    'refused',
    'refused',
  ]);
  const tables = cell('mmio-region/page-table-write', 'pv');
  expect(tables[0]?.when?.guest).toEqual(['writable-pagetables', 'level-1-table', '!user-mode']);
  const dom0 = cell('mmio-region/page-table-write', 'pv-dom0');
  expect(dom0[0]?.when?.guest).toEqual(['level-1-table', '!user-mode']);
  const mtrr = cell('cpuid-feature/mtrr', 'pv-dom0');
  expect(mtrr.map(({ how }) => how).slice(0, 3)).toEqual(['hidden', 'exposed', 'native']);
  expect(cell('io-port/port-80', 'hvm')[0]?.when).toEqual({ bytes: [1] });
  const cmos = cell('io-port/pv-cmos', 'pv-dom0');
  expect(cmos.some(({ when }) => when?.feature?.includes('no-cmos-rtc'))).toBe(true);
  const pit = cell('io-port/pv-pit', 'pv-dom0');
  expect(pit.map(({ when }) => when?.feature?.[0]).slice(0, 2)).toEqual([
    '!pit-clocksource',
    'pit-clocksource',
  ]);
});

it('says of the spot checks what the code says', () => {
  const flags = ['lapic', 'ioapic', 'vpci', 'pic', 'pit', 'rtc', 'hpet'].map((flag) => [
    flag,
    hows(`emulation-flag/${flag}`, 'pvh-dom0')[0],
  ]);
  expect(flags).toEqual([
    ['lapic', 'emulated'],
    ['ioapic', 'emulated'],
    ['vpci', 'emulated'],
    ...['pic', 'pit', 'rtc', 'hpet'].map((flag) => [flag, 'absent']),
  ]);
  const realMode = cell('emulator-caller/vmx-real-mode', 'hvm').map(({ when }) => when);
  expect(realMode).toMatchObject([
    { vendor: 'intel', feature: ['!unrestricted-guest'] },
    { vendor: 'intel', paging: 'shadow' },
  ]);
  expect(cell('emulator-caller/pv-ecam-write', 'pv-dom0')[0]?.when?.guest).toContain(
    '!read-only-device',
  );
  const lapic = cell('mmio-region/lapic', 'pvh').map(({ when }) => when?.vendor ?? null);
  expect(lapic).toEqual([null, 'intel', 'intel', null, null]);
});
