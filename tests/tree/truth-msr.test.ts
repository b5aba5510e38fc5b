/** Every record of the sample of the truth about MSRs, where the sample is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const FOLDER = resolve(ROOT, '../shared/truth');

interface MsrRecord {
  readonly msrs: readonly string[];
  readonly values: readonly (string | null)[];
  readonly evidence: readonly { readonly func: string }[];
}
interface PvRecord extends MsrRecord {
  readonly PV_read: string;
  readonly PV_write: string;
  readonly PV_dom0_difference: string;
}
interface HvmRecord extends MsrRecord {
  readonly VMX_read: string;
  readonly VMX_write: string;
  readonly SVM_read: string;
  readonly SVM_write: string;
  readonly PVH_difference: string;
}

/** What the words of a record mean, as the verdicts of the cell; a record in other words fails the test. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '#GP': ['refused #GP'],
  '#GP (Intel policy)': ['refused #GP'],
  'unhandled -> default path': ['refused #GP', 'refused zero msr_relaxed'],
  '#GP/relaxed': ['refused #GP', 'refused ignored msr_relaxed'],
  'default: #GP (or discard with msr_relaxed)': ['refused #GP', 'refused ignored msr_relaxed'],
  'policy value if feat.arch_caps else #GP': ['emulated arch_caps', 'refused #GP !arch_caps'],
  'virtual value': ['emulated'],
  'stored; only CPUID_FAULTING settable and only if policy allows': ['emulated'],
  'emulated by vmce_rdmsr()': ['emulated'],
  'emulated by vmce_wrmsr()': ['emulated'],
  'guest_rdmsr answers first: #GP unless hardware domain on AMD (then host value); the case in pv read_msr() is unreachable for reads':
    ['refused #GP'],
  'discarded for non-(pinned hwdom) on AMD fam 0x10-0x16; else #GP': [
    'refused #GP !amd-fam10h-16h amd',
    'refused #GP intel',
    'refused ignored amd',
  ],
  'cached gs_base_user': ['emulated lm', 'refused #GP !lm'],
  'gs_base_user updated and GS shadow written': ['emulated lm', 'refused #GP !lm'],
  'constant XEN_MSR_PAT': ['emulated'],
  'host value filtered (guest_misc_enable)': ['mediated host-msr', 'refused #GP !host-msr'],
  'only the same value accepted silently; other values ignored with a warning (X86EMUL_OKAY)': [
    'refused #GP !host-msr',
    'refused ignored host-msr',
  ],
  'discarded on Intel': ['refused #GP amd', 'refused ignored intel'],
  'native/#GP': ['hardware l1d_flush', 'refused #GP !l1d_flush'],
  'native if feat.l1d_flush; else #GP': ['hardware l1d_flush', 'refused #GP !l1d_flush'],
  'wrmsrl by Xen if feat.l1d_flush else #GP (never pass-through on SVM)': [
    'mediated l1d_flush',
    'refused #GP !l1d_flush',
  ],
  'virtual value if rdtscp||rdpid else #GP': [
    'emulated rdpid',
    'emulated rdtscp',
    'refused #GP !rdpid !rdtscp',
  ],
  'stored (32-bit) and written to hardware': [
    'emulated rdpid',
    'emulated rdtscp',
    'refused #GP !rdpid !rdtscp',
  ],
  '0 (domU)': ['refused zero'],
  '0 (AMD policy)': ['refused zero'],
  discarded: ['refused ignored'],
  'guest_efer; native (read intercept cleared) when hardware EFER equals guest view': [
    'emulated',
    'hardware efer-as-loaded',
  ],
  guest_efer: ['emulated'],
  'hvm_set_efer (always intercepted)': ['emulated'],
  hvm_set_efer: ['emulated'],
  native: ['hardware'],
  viridian_time_rdmsr: ['emulated viridian=1', 'refused #GP viridian=0'],
  viridian_time_wrmsr: ['emulated viridian=1', 'refused #GP viridian=0'],
  'reads 0': ['refused #GP viridian=0', 'refused zero viridian=1'],
  'fills the hypercall page; base 0x40000200 for viridian domains': [
    'emulated viridian=1',
    'refused #GP viridian=0',
  ],
};

/** Words whose verdict differs by direction, or that say less than the cell. */
const DIRECTED: Readonly<Record<string, readonly string[]>> = {
  'read default: #GP (or read 0 / write discarded if msr_relaxed and the host MSR exists)': [
    'refused #GP',
    'refused zero msr_relaxed',
  ],
  'write default: #GP (or read 0 / write discarded if msr_relaxed and the host MSR exists)': [
    'refused #GP',
    'refused ignored msr_relaxed',
  ],
  'read vPMU': ['emulated vpmu', 'refused zero'],
  'write vPMU': ['emulated vpmu', 'refused ignored'],
};

/**
 * Where the code says more than a record: the groups of Viridian that `viridian=1` leaves off and the writes that are
 * refused stand in `viridian_time_rdmsr()` and `viridian_time_wrmsr()`, and the bit of LMCE in `vmce_rdmsr()`.
 */
const EXACTER: Readonly<Record<string, readonly string[]>> = {
  'msr/hv-x64-msr-apic-frequency write': ['refused #GP'],
  'msr/hv-x64-msr-reference-tsc read': [
    'emulated viridian=reference_tsc',
    'refused #GP viridian=0',
  ],
  'msr/hv-x64-msr-reference-tsc write': [
    'emulated viridian=reference_tsc',
    'refused #GP viridian=0',
  ],
  'msr/hv-x64-msr-stimer0-config-to-hv-x64-msr-stimer3-count read': [
    'emulated viridian=stimer',
    'refused #GP viridian=0',
  ],
  'msr/hv-x64-msr-stimer0-config-to-hv-x64-msr-stimer3-count write': [
    'emulated viridian=stimer',
    'refused #GP viridian=0',
  ],
  'msr/hv-x64-msr-time-ref-count write': ['refused #GP'],
  'msr/hv-x64-msr-tsc-frequency write': ['refused #GP'],
  // LMCE is a parameter of HVM containers: `hvm_set_param()`.
  'msr/ia32-mcg-ext-ctl pv read': ['refused #GP'],
  'msr/ia32-mcg-ext-ctl pv write': ['refused #GP'],
  'msr/ia32-mcg-ext-ctl read': ['emulated mca_caps=lmce'],
  'msr/ia32-mcg-ext-ctl write': ['emulated mca_caps=lmce'],
  // AMD CPUs have no such register: `mce_bank_msr()`.
  'msr/ia32-mcx-ctl2-0-to-ia32-mcx-ctl2-31 pv read': ['emulated amd', 'emulated intel'],
  'msr/ia32-mcx-ctl2-0-to-ia32-mcx-ctl2-31 pv write': ['emulated amd', 'emulated intel'],
};

/** What the records leave unsaid: introspection, refusals of bad values, and what `corrections.json` adds to them. */
const UNSAID = new Set([
  'introspection',
  'bad-msr-value',
  'msr-not-implemented',
  'no-gp-handler',
  'vpmu-running',
  'hygon',
]);

function conditionWords({ when }: Handling, vendor: string | undefined): string[] {
  const { xl = {}, guest = [], feature = [], cpuid = [] } = when ?? {};
  const relaxed = 'msr_relaxed' in xl;
  return [
    ...(relaxed ? ['msr_relaxed'] : feature),
    ...guest,
    ...cpuid,
    ...(relaxed ? [] : Object.entries(xl).map(([key, value]) => `${key}=${value}`)),
    ...(when?.cmdline === undefined ? [] : [when.cmdline]),
    ...(when?.vendor === undefined || vendor !== undefined ? [] : [when.vendor]),
  ].sort();
}

function verdicts(
  fact: FactOf<'msr'>,
  guest: GuestType,
  access: 'read' | 'write',
  vendor?: 'intel' | 'amd',
): string[] {
  const handlings = fact.guests[guest].filter(
    (one) =>
      (one.access === 'both' || one.access === access) &&
      // The records are of a build with every option.
      !(one.when?.kconfig ?? []).some((option) => option.startsWith('!')) &&
      (vendor === undefined || (one.when?.vendor ?? vendor) === vendor) &&
      ![...(one.when?.guest ?? []), ...(one.when?.feature ?? [])].some((word) => UNSAID.has(word)),
  );
  const words = handlings.map((one) =>
    [one.how, one.effect, ...conditionWords(one, vendor)]
      .filter((word) => word !== undefined)
      .join(' '),
  );
  return [...new Set(words)].sort();
}

function meaning(
  id: string,
  guest: GuestType,
  words: string,
  access: 'read' | 'write',
): readonly string[] {
  const known =
    EXACTER[`${id} ${guest} ${access}`] ??
    EXACTER[`${id} ${access}`] ??
    WORDS[words] ??
    DIRECTED[`${access} ${words}`];
  if (known === undefined) throw new Error(`No meaning for the words \`${words}\``);
  return known;
}

function namesOf({ msrs }: MsrRecord): string[] {
  return msrs.flatMap((text) => {
    if (text.startsWith('0x40000000 /')) return ['0x40000200'];
    const [first = ''] = text.split(/ \.\.\. /);
    return [first.replace('(0..31)', '(0)')];
  });
}

const { content } = await readPinned();
const facts = content.facts.filter((fact): fact is FactOf<'msr'> => fact.kind === 'msr');

function factsOf(record: MsrRecord): FactOf<'msr'>[] {
  return namesOf(record).map((wanted) => {
    const fact = facts.find(({ attributes }) => attributes.names.includes(wanted));
    if (fact === undefined) throw new Error(`No fact for ${wanted}`);
    return fact;
  });
}

function sample<T>(name: string): T[] {
  return JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as T[];
}

/** Numbers of a record are those of its MSRs, in the same order, where the record has them. */
function checkNumbers(record: MsrRecord): void {
  const numbers = factsOf(record).map(({ attributes: { index } }) =>
    typeof index === 'object' ? index?.[0] : index,
  );
  record.values.forEach((value, i) => {
    if (value !== null && /^0x/.test(value)) {
      expect([record.msrs[i], numbers[i]]).toEqual([record.msrs[i], Number(value)]);
    }
  });
}

/** The functions that a record rests on are asked for the MSR, or are evidence of the fact. */
function checkPlaces(record: MsrRecord): void {
  for (const fact of factsOf(record)) {
    const symbols = fact.evidence.flatMap((item) => ('path' in item ? [item.symbol] : []));
    expect(
      record.evidence.some(({ func }) => symbols.includes(func)),
      fact.id,
    ).toBe(true);
  }
}

/** Handlings without evidence; what xl.cfg sets for a domU is on the command line for dom0. */
const bare = (handlings: readonly Handling[]) =>
  handlings
    .map(({ evidence: _evidence, when, ...handling }) => {
      const { cmdline, xl, ...others } = when ?? {};
      const relaxed = cmdline === 'dom0=msr-relaxed' || xl?.['msr_relaxed'] === 1;
      const [own, set] = [relaxed ? undefined : cmdline, relaxed ? { msr_relaxed: 1 } : xl];
      return JSON.stringify({ ...handling, cmdline: own, xl: set, ...others });
    })
    .sort();

describe.runIf(existsSync(FOLDER))('the sample of the truth', () => {
  it('agrees on the MSRs of PV domains', () => {
    const records = sample<PvRecord>('pv-msr.json');
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) {
      checkNumbers(record);
      checkPlaces(record);
      for (const fact of factsOf(record)) {
        for (const access of ['read', 'write'] as const) {
          const words = access === 'read' ? record.PV_read : record.PV_write;
          expect([fact.id, access, verdicts(fact, 'pv', access)]).toEqual([
            fact.id,
            access,
            [...meaning(fact.id, 'pv', words, access)].sort(),
          ]);
        }
        const same = record.PV_dom0_difference === 'none';
        if (same) expect(bare(fact.guests['pv-dom0'])).toEqual(bare(fact.guests.pv));
        else expect(fact.guests['pv-dom0'].map(({ how }) => how)).toContain('mediated');
      }
    }
  });

  it('knows that the PV read of the MMIO configuration base is dead', () => {
    const fact = facts.find(({ id }) => id === 'msr/fam10h-mmio-conf-base');
    expect(fact?.attributes.dispatch).toContainEqual(
      expect.objectContaining({ function: 'read_msr', access: 'read', reached: false }),
    );
  });

  it('agrees on the MSRs of HVM containers', () => {
    const records = sample<HvmRecord>('hvm-msr.json');
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) {
      if (record.msrs[0]?.startsWith('(any')) continue;
      checkNumbers(record);
      checkPlaces(record);
      for (const fact of factsOf(record)) {
        for (const access of ['read', 'write'] as const) {
          const intel = access === 'read' ? record.VMX_read : record.VMX_write;
          const other = access === 'read' ? record.SVM_read : record.SVM_write;
          const amd = other === 'same' ? intel : other;
          for (const [vendor, words] of [
            ['intel', intel],
            ['amd', amd],
          ] as const) {
            if (words === 'n/a') continue;
            const relaxed = (all: readonly string[]) =>
              words === '#GP' || words === '#GP (Intel policy)'
                ? all.filter((word) => !word.endsWith('msr_relaxed'))
                : [...all];
            expect([
              fact.id,
              vendor,
              access,
              relaxed(verdicts(fact, 'hvm', access, vendor)),
            ]).toEqual([
              fact.id,
              vendor,
              access,
              [...meaning(fact.id, 'hvm', words, access)].sort(),
            ]);
          }
        }
        if (record.PVH_difference !== 'none') {
          expect(fact.guests['pvh-dom0'].map(({ how }) => how)).toContain('mediated');
        } else if (!/viridian|lmce/.test(JSON.stringify(fact.guests.hvm))) {
          expect(bare(fact.guests.pvh)).toEqual(bare(fact.guests.hvm));
        } else {
          // Xen permits Viridian and LMCE to both; xl.cfg asks for them for HVM domains.
          const hows = ({ guests }: typeof fact, guest: 'hvm' | 'pvh') =>
            new Set(guests[guest].map(({ how, effect }) => `${how} ${effect}`));
          expect(hows(fact, 'pvh')).toEqual(hows(fact, 'hvm'));
          const states = fact.guests.pvh.flatMap(({ when }) => when?.guest ?? []);
          expect(states.some((state) => state === 'viridian' || state === 'lmce')).toBe(true);
        }
      }
    }
  });

  it('says what introspection does to every write', () => {
    const [record] = sample<HvmRecord>('hvm-msr.json').filter(({ msrs }) =>
      msrs[0]?.startsWith('(any'),
    );
    const fact = facts.find(({ id }) => id === 'msr/monitored');
    const symbols = fact?.evidence.flatMap((item) => ('path' in item ? [item.symbol] : []));
    expect(record?.evidence.some(({ func }) => symbols?.includes(func))).toBe(true);
    expect(fact?.guests.hvm[0]).toMatchObject({
      access: 'write',
      when: { guest: ['introspection'] },
    });
  });
});

/** Handlings of a direction, as `how effect (conditions)`. */
function said(id: string, guest: GuestType, access: 'read' | 'write'): string[] {
  const fact = facts.find((one) => one.id === id);
  if (fact === undefined) throw new Error(`No fact ${id}`);
  return fact.guests[guest]
    .filter((one) => one.access === 'both' || one.access === access)
    .map((one) => [one.how, one.effect, ...conditionWords(one, undefined)].join(' '));
}

describe('what a second reader found', () => {
  it.each<readonly [string, GuestType, 'read' | 'write', string]>([
    // Spot checks.
    ['msr/apic-base', 'pv', 'read', 'emulated '],
    ['msr/x2apic-first-to-x2apic-last-0x80c', 'pv', 'read', 'refused #GP'],
    ['msr/x2apic-first-to-x2apic-last-0x80c', 'hvm', 'write', 'emulated  x2apic-mode'],
    ['msr/lstar', 'hvm', 'read', 'hardware  amd'],
    ['msr/lstar', 'hvm', 'write', 'emulated  intel'],
    ['msr/fs-base', 'pvh', 'write', 'hardware '],
    ['msr/spec-ctrl', 'hvm', 'write', 'hardware  ibrsb intel'],
    ['msr/spec-ctrl', 'hvm', 'write', 'hardware  amd ibrs'],
    // Corrections.
    ['msr/x2apic-tpr', 'pv', 'read', 'refused zero host-x2apic no-gp-handler'],
    ['msr/x2apic-eoi', 'pvh', 'read', 'refused #GP !apicv intel'],
    ['msr/spec-ctrl', 'pv', 'read', 'refused #GP !ibrsb intel'],
    ['msr/ia32-feature-control', 'pv', 'write', 'refused ignored msr_relaxed'],
    ['msr/ia32-misc-enable', 'pv', 'read', 'refused #GP !host-msr'],
    ['msr/k8-pstate0', 'pv', 'read', 'refused #GP amd hygon'],
    // What a third reader found.
    ['msr/ia32-perf-ctl', 'pv-dom0', 'write', 'mediated  cpufreq=dom0-kernel host-msr intel'],
    ['msr/amd64-nb-cfg', 'pv-dom0', 'read', 'mediated  cpufreq=dom0-kernel host-msr'],
    ['msr/x2apic-first-to-x2apic-last-0x800', 'hvm', 'write', 'refused #GP'],
    ['msr/x2apic-first-to-x2apic-last-0x840', 'hvm', 'write', 'refused #GP'],
    ['msr/x2apic-first-to-x2apic-last-0x840', 'hvm', 'read', 'refused #GP amd'],
    ['msr/ia32-ds-area', 'hvm', 'write', 'refused #GP intel vpmu'],
    ['msr/ia32-ds-area', 'hvm', 'write', 'emulated  host-msr intel vpmu=bts'],
    ['msr/ia32-pebs-enable', 'hvm', 'write', 'refused #GP bad-msr-value intel vpmu'],
    ['msr/hv-x64-msr-scontrol', 'hvm', 'read', 'emulated  viridian=stimer'],
  ])('%s for %s: %s gives `%s`', (id, guest, access, wanted) => {
    expect(said(id, guest, access)).toContain(wanted);
  });

  it('gives a PV guest no zero for a register that the host cannot read either', () => {
    expect(said('msr/x2apic-eoi', 'pv', 'read')).toEqual(['refused #GP']);
    expect(said('msr/pred-cmd', 'pv', 'read')).toEqual(['refused #GP']);
  });

  it.each<readonly [string, GuestType, 'read' | 'write', string]>([
    ['msr/ia32-perf-ctl', 'pvh-dom0', 'write', 'mediated'],
    ['msr/ia32-perf-status', 'pvh-dom0', 'read', 'mediated'],
    ['msr/x2apic-first-to-x2apic-last-0x809', 'hvm', 'read', 'emulated'],
    ['msr/ia32-pebs-enable', 'hvm', 'write', 'emulated'],
    ['msr/ia32-mcx-misc-4', 'pv', 'write', 'refused'],
  ])('%s for %s: %s is never %s', (id, guest, access, how) => {
    expect(said(id, guest, access).join()).not.toContain(how);
  });

  it.each([
    ['msr/unlisted', 'vmx_msr_read_intercept'],
    ['msr/unlisted', 'svm_msr_write_intercept'],
    ['msr/p6-perfctr-0-to-p6-perfctr-7', 'core2_vpmu_do_wrmsr'],
    ['msr/k7-evntsel0', 'amd_vpmu_do_rdmsr'],
    ['msr/ia32-mcx-misc-4', 'mce_bank_msr'],
    ['msr/x2apic-tpr', 'guest_wrmsr_x2apic'],
    ['msr/ia32-vmx-basic-to-ia32-vmx-vmfunc', 'nvmx_msr_read_intercept'],
  ])('%s rests on `%s()`', (id, symbol) => {
    const fact = facts.find((one) => one.id === id);
    expect(fact?.evidence).toContainEqual(expect.objectContaining({ symbol }));
  });

  it('lets no relaxed answer where a function leaves before the default', () => {
    expect(said('msr/k8-pstate0', 'pv', 'read').join()).not.toContain('msr_relaxed');
    expect(said('msr/ia32-misc-enable', 'pv', 'read').join()).not.toContain('msr_relaxed');
  });

  it('says what a build lacks', () => {
    const options = facts.flatMap(({ guests }) =>
      Object.values(guests).flatMap((cell) => cell.flatMap(({ when }) => when?.kconfig ?? [])),
    );
    expect([...new Set(options)].sort()).toEqual([
      '!CONFIG_HVM',
      'CONFIG_AMD',
      'CONFIG_INTEL',
      'CONFIG_VIRIDIAN',
      'CONFIG_VM_EVENT',
    ]);
  });
});
