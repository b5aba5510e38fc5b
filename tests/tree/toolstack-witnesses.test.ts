/** What the manual page, xl, libxl, Kconfig and SUPPORT.md say of the same things in a real tree. */
import { expect, it } from 'vitest';
import { compareWitnesses } from '../../scripts/xen/witness.ts';
import { kconfigSupport } from '../../scripts/xen/witnesses/kconfig-support.ts';
import { CLAIMS } from '../../scripts/xen/witnesses/support-claims.ts';
import { supportCode } from '../../scripts/xen/witnesses/support-code.ts';
import { xlDefaults } from '../../scripts/xen/witnesses/xl-defaults.ts';
import { xlEffects } from '../../scripts/xen/witnesses/xl-effects.ts';
import { xlKeys } from '../../scripts/xen/witnesses/xl-keys.ts';
import { openRealTree } from '../xen-tree.ts';

const real = await openRealTree();
const PAIRS = [xlDefaults, xlKeys, xlEffects, kconfigSupport, supportCode];
const { witnesses, problems } = compareWitnesses(real.corpus, real.facts, PAIRS);

/** Subjects on which a pair does not agree. */
function subjects(id: string): string[] {
  const witness = witnesses.find((one) => one.id === id);
  return (witness?.disagreements ?? []).map(({ subject }) => subject);
}

it('compares enough in whatever release, without a problem', () => {
  expect(problems).toEqual([]);
  expect(witnesses.map(({ id }) => id)).toEqual(PAIRS.map(({ id }) => id));
});

it('finds what is known not to agree in every release covered', () => {
  expect(subjects('xl-defaults')).toEqual(['`boot=` in xl.cfg', '`serial=` in xl.cfg']);
  expect(subjects('xl-effects')).toEqual(['`nx=` in xl.cfg']);
  expect(subjects('xl-keys')).toContain('`firmware_override=` in xl.cfg');
  expect(subjects('kconfig-support')).toEqual(['ARINC653 Scheduler']);
  expect(subjects('support-code')).toContain('PVCalls backend in xl');
});

it.runIf(real.pinned)('checks every claim that is listed, and finds four that do not hold', () => {
  const witness = witnesses.find(({ id }) => id === 'support-code');
  expect(witness?.compared).toBe(CLAIMS.length);
  expect(subjects('support-code')).toEqual([
    'Alternative p2m on Arm',
    'Network card that QEMU emulates by default',
    'PCI passthrough from a PVH dom0',
    'PVCalls backend in xl',
  ]);
});
