/**
 * Verdicts that differ between releases, each against the lines of the tree that decide it: whatever release the tree
 * is of, the facts say what its own source says.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { pathIn } from '../../scripts/xen/moves.ts';
import type { Handling } from '../../src/model/handling.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;

beforeAll(async () => {
  real = await openRealTree();
}, 120_000);

function textOf(path: string): string {
  return real.corpus.texts.get(pathIn(path, real.corpus.release)) ?? '';
}

/** From the name of a function in column 0 of its definition to the brace in column 0. */
function bodyOf(path: string, name: string): string {
  const lines = textOf(path).split('\n');
  const from = lines.findIndex((line) => new RegExp(`^\\w.*\\b${name}\\([^;]*$`).test(line));
  expect([path, name, from]).not.toEqual([path, name, -1]);
  const rest = lines.slice(from);
  return rest.slice(0, rest.indexOf('}')).join('\n');
}

function handlingsOf(id: string, guest: 'pv' | 'pv-dom0' | 'arm'): readonly Handling[] {
  return real.facts.find((fact) => fact.id === id)?.guests[guest] ?? [];
}

const isThere = (id: string) => real.facts.some((fact) => fact.id === id);

describe('of PV guests', () => {
  it.each(['rdmsr', 'wrmsr'])('refuses an MSR that Xen does not know: %s', (id) => {
    const name = id.replace(/(rd|wr)msr/, (_, way) => (way === 'rd' ? 'read_msr' : 'write_msr'));
    const isRefused = /\bmsr_relaxed\b/.test(bodyOf('xen/arch/x86/pv/emul-priv-op.c', name));
    const isChosen = handlingsOf(`pv-instruction/${id}`, 'pv').some(
      ({ when }) => when?.xl !== undefined,
    );
    expect(isChosen).toBe(isRefused);
  });

  it('asks for the option of 32-bit guests where there is one', () => {
    const hasOption = /^config PV32$/m.test(textOf('xen/arch/x86/Kconfig'));
    const asks = real.facts
      .filter(({ kind }) => kind === 'pv-instruction')
      .some(({ guests }) => guests.pv.some(({ when }) => when?.kconfig?.includes('CONFIG_PV32')));
    expect(asks).toBe(hasOption);
  });

  it('pauses for a debugger under the options of the source', () => {
    const header = textOf('xen/arch/x86/include/asm/debugger.h');
    const [, underOption = ''] = /#ifdef CONFIG_CRASH_DEBUG([\s\S]*?)#else/.exec(header) ?? [];
    const needsOption = underOption.includes('debugger_trap_entry');
    const options = handlingsOf('pv-instruction/entry-breakpoint', 'pv').flatMap(({ how, when }) =>
      how === 'mediated' ? [when?.kconfig ?? []] : [],
    );
    // Without gdbsx the function that pauses is an empty one.
    const gdbsx = textOf('xen/arch/x86/include/asm/gdbsx.h');
    const needsGdbsx = /inline void domain_pause_for_debugger\(void\) \{\}/.test(gdbsx);
    expect(options).toEqual([
      [...(needsOption ? ['CONFIG_CRASH_DEBUG'] : []), ...(needsGdbsx ? ['CONFIG_GDBSX'] : [])],
    ]);
  });

  it('crashes a domain that has no entry for SYSCALL, where nothing looks', () => {
    const entry = textOf('xen/arch/x86/x86_64/entry.S');
    const looks = /syscall_no_callback|\bcall\s+pv_inject_callback/.test(entry);
    const effects = handlingsOf('pv-instruction/entry-syscall-64', 'pv').map(
      ({ effect }) => effect,
    );
    expect(effects.includes('crash')).toBe(!looks);
  });

  it('has an entry for #CP where the source has one', () => {
    const entry = textOf('xen/arch/x86/x86_64/entry.S');
    expect(isThere('pv-instruction/entry-control-protection')).toBe(/\(entry_CP/.test(entry));
  });

  it('names the ports that dom0 is denied', () => {
    const denies = /0xCF9/i.test(bodyOf('xen/arch/x86/dom0_build.c', 'dom0_setup_permissions'));
    const id = 'pv-instruction/port-permission-of-the-administrator';
    const notes = handlingsOf(id, 'pv-dom0').map(({ note }) => note ?? '');
    expect(notes.some((note) => note.includes('0xcf9'))).toBe(denies);
  });
});

describe('of Arm guests', () => {
  it('answers the ID registers where it traps them', () => {
    const traps = bodyOf('xen/arch/arm/traps.c', 'get_default_hcr_flags').includes('HCR_TID3');
    expect(isThere('arm-trap/sysreg-id-aa64pfr0-el1')).toBe(traps);
    expect(isThere('arm-trap/untrapped-id-registers')).toBe(!traps);
  });

  it('gives the performance monitors to a domU where it can', () => {
    const can = bodyOf('xen/arch/arm/domain.c', 'arch_vcpu_create').includes('CDF_vpmu');
    const hows = handlingsOf('arm-trap/sysreg-pmcr-el0', 'arm').map(({ how }) => how);
    expect(hows.includes('passthrough')).toBe(can);
  });

  it('refuses cache maintenance by set and way where it looks at the IOMMU', () => {
    const looks = bodyOf('xen/arch/arm/p2m.c', 'p2m_set_way_flush').includes('iommu_use_hap_pt');
    for (const id of ['arm-trap/sysreg-dcisw', 'arm-trap/control-hcr-tsw']) {
      const effects = handlingsOf(id, 'arm').map(({ effect }) => effect);
      expect([id, effects.includes('#UD')]).toEqual([id, looks]);
    }
  });

  it('stops at an unknown immediate of HVC where the source panics', () => {
    const panics = bodyOf('xen/arch/arm/traps.c', 'do_debug_trap').includes('panic(');
    for (const id of ['debug-hvc-others', 'exception-hvc64', 'hvc-other']) {
      const effects = handlingsOf(`arm-trap/${id}`, 'arm').map(({ effect }) => effect);
      expect([id, effects.includes('crash')]).toEqual([id, panics]);
    }
  });

  it('names the workarounds that guests can call', () => {
    const known = textOf('xen/arch/arm/vsmc.c').includes('ARCH_WORKAROUND_3');
    expect(isThere('arm-trap/smccc-arch-workaround-3')).toBe(known);
  });
});
