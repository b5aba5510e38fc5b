/** What is known to have changed between releases of Xen, held against what the committed content says of them. */
import { describe, expect, it } from 'vitest';
import { diffContent, renderDiff } from '../scripts/commands/diff.ts';
import { readContent } from '../scripts/markdown/read-content.ts';
import { factAt } from '../src/data/fact-at.ts';
import type { FactKind } from '../src/model/fact-kinds.ts';
import { ROOT } from './xen-tree.ts';

const { content } = await readContent(ROOT);
const whole = diffContent(content, ['4.20.0', '4.22']);

function kindOf(kind: FactKind, diff = whole) {
  const found = diff.kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`No ${kind} in the difference`);
  return found;
}

const idsOf = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

describe('Xen 4.20 to 4.22', () => {
  it('lost the hypercall xenoprof_op', () => {
    const { removed } = kindOf('hypercall');
    expect(idsOf(removed)).toEqual(['hypercall/xenoprof-op']);
    expect(removed[0]?.evidence).toContainEqual(
      expect.objectContaining({ path: 'xen/common/xenoprof.c', symbol: 'do_xenoprof_op' }),
    );
  });

  it('knows 21 more CPU features', () => {
    const { added, removed } = kindOf('cpuid-feature');
    expect([added.length, removed.length]).toEqual([21, 0]);
    const features = content.facts.filter(({ kind }) => kind === 'cpuid-feature');
    const countAt = (release: string) =>
      features.filter((fact) => typeof factAt(fact, release) === 'object').length;
    expect([countAt('4.20'), countAt('4.22')]).toEqual([265, 286]);
  });

  it('has emulation_flags_ok rewritten, and permits the same flags', () => {
    expect(whole.rewritten).toContainEqual({
      path: 'xen/arch/x86/domain.c',
      symbol: 'emulation_flags_ok',
    });
    const { added, removed, changed } = kindOf('emulation-flag');
    expect([...added, ...removed, ...changed.flatMap(({ guests }) => Object.keys(guests))]).toEqual(
      [],
    );
    expect(changed.flatMap(({ attributes }) => Object.keys(attributes))).not.toContain('permitted');
  });

  it('supports neither qemu-xen-traditional nor ROMBIOS, and stub domains more', () => {
    const { removed, changed } = kindOf('support-status');
    expect(removed.map(({ title }) => title).join('\n')).toMatch(/qemu-xen-traditional/);
    expect(idsOf(removed)).toEqual([
      'support-status/virtual-firmware-x86-hvm-bios-rombios-qemu-xen-traditional',
      'support-status/virtual-hardware-qemu-qemu-xen-traditional-as-host-process-device-model',
      'support-status/virtual-hardware-qemu-qemu-xen-traditional-device-model-stub-domains',
    ]);
    const stubdomains = changed.find(({ id }) => id.endsWith('linux-device-model-stubdomains'));
    expect(stubdomains?.attributes['status']).toEqual({
      before: 'Tech Preview',
      after: 'Supported, with caveats',
    });
  });

  it('names the places of both releases, their changes upstream, and what rests on them', () => {
    const { changed } = kindOf('emulator-caller');
    const forced = changed.find(({ id }) => id === 'emulator-caller/hvm-forced');
    const place = { path: 'xen/arch/x86/hvm/hvm.c', symbol: 'hvm_ud_intercept' };
    expect(forced?.evidence.before).toContainEqual(expect.objectContaining(place));
    expect(forced?.evidence.after).toContainEqual(expect.objectContaining(place));
    expect(forced?.evidence.before).not.toEqual(forced?.evidence.after);
    expect(whole.history['xen/arch/x86/hvm/hvm.c']).toMatch(/\/commits\/[0-9a-f]{40}\/xen\/arch\//);
    expect(whole.features.length).toBeGreaterThan(5);
    expect(whole.answers.length).toBeGreaterThan(0);
    const text = renderDiff(whole, true);
    expect(text).toContain(
      '  - hypercall/xenoprof-op\n    was xen/include/hypercall-defs.c · table',
    );
    expect(text).toContain('    is xen/arch/x86/hvm/hvm.c · hvm_ud_intercept');
  });
});

describe('the emulation of #UD for a guest of the other CPU vendor', () => {
  const cellsOf = (from: string, to: string) =>
    kindOf('emulator-caller', diffContent(content, [from, to])).changed.find(
      ({ id }) => id === 'emulator-caller/hvm-forced',
    )?.guests.hvm;

  it('is still there in 4.21, and gone in 4.22', () => {
    expect(cellsOf('4.20', '4.21')).toBeUndefined();
    const cells = cellsOf('4.21', '4.22');
    const conditions = (side: 'before' | 'after') => cells?.[side].map(({ when }) => when?.guest);
    expect(conditions('before')).toContainEqual(['foreign-vendor']);
    expect(conditions('after')).not.toContainEqual(['foreign-vendor']);
  });
});

describe('a release that is not covered', () => {
  it('is a problem', () => {
    const { problems, kinds } = diffContent(content, ['4.1', '4.22']);
    expect(kinds).toEqual([]);
    expect(problems).toContainEqual(expect.objectContaining({ actual: '`4.1`' }));
  });
});
