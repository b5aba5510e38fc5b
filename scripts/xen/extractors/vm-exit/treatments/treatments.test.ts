/** The tables of treatments, release by release. */

import { describe, expect, it } from 'vitest';
import { isInSpan } from '../../../../../src/model/release.ts';
import { inRealMode } from './real-mode.ts';
import { SVM_TREATMENTS } from './svm.ts';
import { VMX_TREATMENTS } from './vmx.ts';

const ALL = [...VMX_TREATMENTS, ...SVM_TREATMENTS];
const BRANCHES = Array.from({ length: 10 }, (_, index) => `4.${13 + index}.0`);

const treatmentIn = (name: string, release: string) =>
  ALL.filter((one) => one.names.includes(name) && isInSpan(one, release));

describe.each(BRANCHES)('in %s', (release) => {
  it('says of every exit once what it means', () => {
    const names = [...new Set(ALL.flatMap((one) => one.names))];
    expect(names.filter((name) => treatmentIn(name, release).length !== 1)).toEqual([]);
  });
});

it.each([
  ['VMEXIT_EXCEPTION_NM', '4.21.0', ['emulated', 'hardware']],
  ['VMEXIT_EXCEPTION_NM', '4.22.0', ['hardware']],
  ['VMEXIT_EXCEPTION_UD', '4.21.0', ['hardware', 'emulated', 'emulated']],
  ['VMEXIT_EXCEPTION_UD', '4.22.0', ['hardware', 'emulated']],
  ['VMEXIT_IRET', '4.21.0', ['emulated', 'hardware']],
  ['EXIT_REASON_INIT', '4.17.0', ['refused', 'refused']],
  ['EXIT_REASON_INIT', '4.18.0', ['refused']],
  ['EXIT_REASON_INVPCID', '4.17.0', ['hardware', 'refused']],
  ['EXIT_REASON_INVPCID', '4.18.0', ['hardware', 'refused', 'refused']],
  ['EXIT_REASON_GETSEC', '4.22.0', ['refused']],
  ['EXIT_REASON_MCE_DURING_VMENTRY', '4.22.0', ['refused']],
  ['EXIT_REASON_VMXON', '4.22.0', ['refused', 'refused', 'emulated', 'refused']],
  [
    'EXIT_REASON_VMREAD',
    '4.22.0',
    ['refused', 'refused', 'hardware', 'emulated', 'refused', 'refused'],
  ],
  ['EXIT_REASON_VMCALL', '4.22.0', ['paravirtualized', 'refused']],
  ['EXIT_REASON_XSAVES', '4.22.0', ['hardware', 'refused']],
  ['EXIT_REASON_CPUID', '4.22.0', ['emulated', 'refused', 'refused']],
  ['VMEXIT_CPUID', '4.22.0', ['emulated', 'refused', 'refused']],
  ['VMEXIT_CPUID', '4.17.0', ['emulated', 'refused']],
  ['VMEXIT_VMRUN', '4.22.0', ['refused', 'refused', 'emulated', 'refused']],
  ['VMEXIT_VMSAVE', '4.22.0', ['refused', 'refused', 'hardware', 'emulated', 'refused']],
  ['VMEXIT_STGI', '4.22.0', ['refused', 'emulated', 'hardware', 'emulated', 'refused']],
])('gives %s its meaning in %s', (name, release, hows) => {
  const [treatment] = treatmentIn(name, release);
  expect(treatment?.handlings.map(({ how }) => how)).toEqual(hows);
});

it('gives every handling but the first a condition', () => {
  const lists = ALL.flatMap(({ handlings, differs }) => [
    handlings,
    ...Object.values(differs ?? {}),
  ]);
  expect(lists.flatMap(([, ...rest]) => rest).filter(({ when }) => when === undefined)).toEqual([]);
});

it('runs no system calls of another vendor for dom0, which has the policy of the host', () => {
  for (const name of ['VMEXIT_EXCEPTION_UD', 'EXIT_REASON_EXCEPTION_NMI']) {
    const [treatment] = treatmentIn(name, '4.21.0');
    const states = treatment?.differs?.['pvh-dom0']?.flatMap(({ when }) => when?.guest ?? []);
    expect(states).not.toContain('foreign-vendor');
  }
});

it('flushes the caches for dom0, which has I/O memory, unless the IOMMU snoops them', () => {
  for (const name of ['EXIT_REASON_INVD', 'EXIT_REASON_WBINVD', 'VMEXIT_INVD', 'VMEXIT_WBINVD']) {
    const [treatment] = treatmentIn(name, '4.22.0');
    const dom0 = treatment?.differs?.['pvh-dom0'] ?? [];
    const byXen = dom0.filter(({ by }) => by === 'xen');
    expect(byXen.flatMap(({ when }) => when?.guest ?? [])).toEqual([]);
    expect(dom0.find(({ how }) => how === 'mediated')?.when).toEqual(
      name.startsWith('VMEXIT') ? undefined : { feature: ['!iommu-snoop'] },
    );
  }
});

it.each(['HLT', 'INVD', 'WBINVD', 'CR_ACCESS', 'DR_ACCESS', 'MSR_READ', 'XSETBV'])(
  'has the CPU keep %s from user mode on VMX',
  (name) => {
    const [treatment] = treatmentIn(`EXIT_REASON_${name}`, '4.22.0');
    for (const list of [treatment?.handlings, treatment?.differs?.['pvh-dom0']]) {
      const inUserMode = list?.filter(({ when }) => when?.guest?.includes('user-mode'));
      expect(inUserMode?.map(({ by, effect }) => [by, effect]) ?? [['cpu', '#GP']]).toEqual([
        ['cpu', '#GP'],
      ]);
    }
  },
);

describe('real mode that is not unrestricted', () => {
  const added = (container: 'hvm' | 'pvh', name: string) =>
    treatmentIn(name, '4.22.0').flatMap((treatment) =>
      inRealMode(container, treatment, treatment.handlings.slice(0, 1)),
    );

  it.each([
    ['hvm', 'EXIT_REASON_HLT', 'emulated'],
    ['pvh', 'EXIT_REASON_HLT', 'emulated'],
    ['pvh', 'EXIT_REASON_VMCALL', '#UD'],
    ['hvm', 'EXIT_REASON_APIC_WRITE', 'ignored'],
    ['pvh', 'EXIT_REASON_APIC_WRITE', 'emulated'],
  ] as const)('gives %s for %s: %s', (container, name, verdict) => {
    expect(added(container, name).map(({ how, effect }) => effect ?? how)).toEqual([
      verdict,
      verdict,
    ]);
  });

  it('is no virtual-8086 mode for a PVH domU', () => {
    expect(added('pvh', 'EXIT_REASON_HLT')[0]?.note).toContain('nothing sets');
    expect(added('hvm', 'EXIT_REASON_HLT')[0]?.note).toContain('runs as virtual-8086 mode');
  });

  it('adds nothing where the exit has done all that it is for', () => {
    for (const name of ['EXIT_REASON_BUS_LOCK', 'EXIT_REASON_TPR_BELOW_THRESHOLD']) {
      expect(added('hvm', name)).toEqual([]);
    }
  });
});
