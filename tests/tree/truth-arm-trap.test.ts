/** Every record of the sample of the truth about Arm's registers and calls, where the sample is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { Handling, How } from '../../src/model/handling.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/mmio.json');
const { content } = await readPinned();
const facts = content.facts.filter((fact) => fact.kind === 'arm-trap');

interface TrapRecord {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly guest_types: Readonly<Record<string, string>>;
  readonly evidence: readonly { readonly file: string; readonly func: string | null }[];
}

interface Expected {
  readonly facts: readonly string[];
  readonly arm: readonly How[];
  /** Where the hardware domain differs, or the sample is wrong about it. */
  readonly dom0?: readonly How[];
  /** Whether each handling has a condition. */
  readonly conditional?: boolean;
}

/** What the records of the sample mean in the words of the project. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'arm.sysreg.sre': {
    facts: ['sysreg-icc-sre-el1'],
    arm: ['refused', 'refused', 'hardware'],
    conditional: true,
  },
  'arm.sysreg.sve': { facts: ['exception-sve'], arm: ['refused', 'hardware'], conditional: true },
  'arm.psci.psci_version': { facts: ['psci-0-2-fn32-psci-version'], arm: ['emulated'] },
  'arm.psci.system_off': { facts: ['psci-0-2-fn32-system-off'], arm: ['emulated'] },
  // `do_psci_1_0_system_suspend()` tells the hardware domain that the call is not supported.
  'arm.psci.system_suspend': {
    facts: ['psci-1-0-fn32-system-suspend'],
    arm: ['emulated'],
    dom0: ['refused'],
  },
  'arm.smccc.hyp': { facts: ['smccc-owner-hypervisor'], arm: ['emulated'] },
  'arm.smccc.sssc': { facts: ['smccc-owner-standard'], arm: ['emulated', 'mediated'] },
  'arm.hypercall': { facts: ['hvc-hypercall'], arm: ['paravirtualized'] },
};

/** The records speak of kernels that no introspection watches: it takes the calls that come by SMC. */
const ofKernel = (cell: readonly Handling[]) =>
  cell
    .filter(({ when }) => !when?.guest?.some((word) => /^(?:introspection|user-mode)$/.test(word)))
    .map(({ how }) => how);

it('says for every fact that the guest types of x86 have none of it', () => {
  expect(facts.length).toBeGreaterThanOrEqual(350);
  for (const { id, guests } of facts) {
    for (const guest of ['pv', 'pvh', 'hvm', 'pv-dom0', 'pvh-dom0', 'pv-shim'] as const) {
      expect([id, guests[guest].map(({ how }) => how)]).toEqual([id, ['absent']]);
    }
  }
});

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  const records = existsSync(SAMPLE)
    ? (JSON.parse(readFileSync(SAMPLE, 'utf8')) as TrapRecord[])
    : [];
  const traps = records.filter(({ id, kind }) => id.startsWith('arm.') && kind !== 'mmio');

  it('has records', () => {
    expect(traps.length).toBeGreaterThanOrEqual(8);
  });

  it.each(traps)('agrees on $id', ({ id, guest_types: guests, evidence }) => {
    const expected = EXPECTED[id];
    if (expected === undefined) throw new Error(`no expectation for ${id}`);
    expect(Object.keys(guests).sort()).toEqual(['arm_dom0', 'arm_domU']);
    for (const name of expected.facts) {
      const fact = facts.find((one) => one.id === `arm-trap/${name}`);
      if (fact === undefined) throw new Error(`no fact ${name}`);
      const { arm, 'arm-dom0': dom0 } = fact.guests;
      expect(ofKernel(arm)).toEqual(expected.arm);
      expect(ofKernel(dom0)).toEqual(expected.dom0 ?? expected.arm);
      if (expected.conditional === true) {
        expect(arm.every(({ when }) => when !== undefined)).toBe(true);
      }
      const places = fact.evidence.filter(isTreeEvidence);
      const [first] = evidence;
      const said = `${first?.file} ${first?.func}`;
      expect(places.map(({ path, symbol }) => `${path} ${symbol}`)).toContain(said);
    }
  });
});
