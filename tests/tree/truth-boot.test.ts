/** Every record of the sample of the truth about boot and platform, and a second search of the tree for the constants. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TOPICS } from '../../scripts/xen/extractors/boot/topics.ts';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree, ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/boot-and-mem.json');
let real: RealTree;
let facts: FactOf<'boot'>[];

beforeAll(async () => {
  real = await openRealTree();
  facts = real.facts.filter((fact) => fact.kind === 'boot');
}, 120_000);

interface BootRecord {
  readonly id: string;
  readonly topic: string;
  readonly cells: Readonly<Record<string, string>>;
  readonly evidence: readonly { readonly file: string }[];
}

const GUESTS_OF: Readonly<Record<string, readonly GuestType[]>> = {
  pv_domU: ['pv'],
  pv_dom0: ['pv-dom0'],
  pvh_domU: ['pvh'],
  pvh_dom0: ['pvh-dom0'],
  hvm_domU: ['hvm'],
  pvshim: ['pv-shim'],
  arm: ['arm'],
  all: ['pv', 'pvh', 'hvm', 'arm'],
};

/** The fact of a record, with words that the notes of a cell must hold. */
const FACT_OF: Readonly<
  Record<string, readonly [id: string, words: Readonly<Partial<Record<GuestType, RegExp>>>]>
> = {
  'bm.entry': [
    'entry',
    {
      pv: /ELF notes.*start_info in RSI/,
      'pv-dom0': /Xen builds/,
      pvh: /PHYS32_ENTRY.*hvm_start_info in EBX/,
      hvm: /hvmloader.*SeaBIOS or OVMF/,
      'pv-shim': /builds the PV guest/,
      arm: /zImage.*device tree/,
    },
  ],
  'bm.ap-bringup': [
    'ap-bringup',
    {
      pv: /vcpu_guest_context/,
      pvh: /vcpu_hvm_context.*INIT and SIPI/s,
      hvm: /^INIT and SIPI.*hypercalls/s,
      'pv-shim': /VCPUOP_up becomes/,
      arm: /PSCI CPU_ON.*refused/,
    },
  ],
  'bm.paging': [
    'paging',
    {
      pv: /Direct paging.*L1 table.*L1TF/s,
      'pv-dom0': /Direct paging/,
      pvh: /HAP.*Shadow paging/s,
      'pvh-dom0': /HAP.*Shadow paging/s,
      arm: /Stage 2/,
    },
  ],
  'bm.acpi': [
    'acpi',
    {
      pv: /None/,
      pvh: /libxl.*no PM timer, CMOS RTC, VGA or 8042/s,
      'pvh-dom0': /new MADT and XSDT/,
      hvm: /hvmloader.*IO-APIC, PM timer, HPET, RTC/s,
      arm: /device tree.*libxl/s,
    },
  ],
  'bm.reset-off': [
    'shutdown',
    { pv: /SCHEDOP_shutdown/, pvh: /PM1a/, hvm: /S5.*SCHEDOP/s, arm: /SYSTEM_OFF.*SCHEDOP/s },
  ],
  'bm.ballooning': ['ballooning', { pv: /XENMEM_populate_physmap/ }],
  'bm.grant': ['grants', { pv: /version 1.*version 2/, arm: /version 1 only/ }],
  'bm.pvshim-mech': ['pvshim-mechanics', { 'pv-shim': /Event channels and grants.*domid/ }],
  'bm.bare-min': ['bare-minimum', { pvh: /local APIC.*0xe9.*0xcf8/ }],
};

function notesOf(fact: FactOf<'boot'>, guest: GuestType): string {
  return fact.guests[guest].map(({ note }) => note ?? '').join('\n');
}

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  const records = existsSync(SAMPLE)
    ? (JSON.parse(readFileSync(SAMPLE, 'utf8')) as BootRecord[])
    : [];

  it('has a fact named for each record', () => {
    expect(records.map(({ id }) => id).sort()).toEqual(Object.keys(FACT_OF).sort());
  });

  it.each(records)('agrees on $id', (record) => {
    const [id, words] = FACT_OF[record.id] ?? ['', {}];
    const fact = facts.find((one) => one.id === `boot/${id}`);
    if (fact === undefined) throw new Error(`no fact for ${record.id}`);
    for (const [key, said] of Object.entries(record.cells)) {
      for (const guest of GUESTS_OF[key] ?? []) {
        const [first] = fact.guests[guest];
        const none = said === 'none' || said.startsWith('optional');
        expect([guest, first?.how === 'absent']).toEqual([guest, none]);
        expect(notesOf(fact, guest)).toMatch(words[guest] ?? /./);
      }
    }
    const paths = fact.evidence.filter(isTreeEvidence).map(({ path }) => path);
    // The document is not among the sources that the Atlas reads.
    const cited = record.evidence.filter(({ file }) => !file.startsWith('docs/'));
    for (const { file } of real.pinned ? cited : []) expect(paths).toContain(file);
  });

  it('carries the corrections of a later reading', () => {
    const cell = (id: string, guest: GuestType) =>
      facts.find((one) => one.id === `boot/${id}`)?.guests[guest] ?? [];
    expect(cell('tsc', 'pv-dom0').map(({ when }) => when?.guest)).toEqual([
      ['!cr4-tsd'],
      ['cr4-tsd', '!user-mode'],
      ['cr4-tsd', 'user-mode'],
    ]);
    expect(cell('tsc', 'hvm').some(({ when }) => when?.guest?.includes('vtsc'))).toBe(true);
    expect(cell('posted-interrupts', 'pvh')[0]).toMatchObject({
      how: 'hardware',
      when: { vendor: 'intel', feature: ['posted-interrupts'] },
    });
    expect(cell('cpu-hotplug', 'hvm')[0]?.note).toMatch(/QMP.*XenStore nodes/);
    expect(cell('pci', 'pv-dom0').some(({ when }) => when?.guest?.includes('ecam-access'))).toBe(
      true,
    );
  });
});

describe('a real tree', () => {
  it('has no problem with the topics', () => {
    const problems = real.problems.filter(({ expected }) => expected.includes('`boot`'));
    expect(problems).toEqual([]);
    expect(facts.length).toBeGreaterThanOrEqual(60);
  });

  it('has each constant of the headers in a topic, found by a plain search', () => {
    const known = new Set(TOPICS.flatMap(({ names }) => names ?? []));
    const text = (path: string) => real.corpus.texts.get(path) ?? '';
    const found = [
      ...text('xen/include/public/features.h').matchAll(/\bXENFEAT_[a-zA-Z]\w+/g),
      ...text('xen/include/public/sched.h').matchAll(/\bSHUTDOWN_[a-z]\w+/g),
      ...text('xen/include/public/vcpu.h').matchAll(/\bVCPUOP_\w*[a-z]\b(?!_)/g),
      ...text('xen/arch/x86/include/asm/hvm/irq.h').matchAll(/\bHVMIRQ_\w+/g),
      ...text('xen/arch/x86/time.c').matchAll(/(?<=platform_timesource .*)\bplt_\w+(?= =$)/gm),
    ].map(([name]) => name);
    expect(found.length).toBeGreaterThanOrEqual(48);
    expect(
      [...new Set(found)].filter((name) => !known.has(name) && !name.endsWith('_NR_SUBMAPS')),
    ).toEqual([]);
  });
});
