/**
 * How guests start and who reaches their memory differs between releases: whatever release the tree is of, the facts
 * say what the lines of its own source decide.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pathIn } from '../../scripts/xen/moves.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

type Kind = 'memory-access' | 'boot';

let real: RealTree;
let facts: FactOf<Kind>[];

beforeAll(async () => {
  real = await openRealTree();
  facts = real.facts.filter(
    (fact): fact is FactOf<Kind> => fact.kind === 'memory-access' || fact.kind === 'boot',
  );
}, 120_000);

function textOf(path: string): string {
  return real.corpus.texts.get(pathIn(path, real.corpus.release)) ?? '';
}

/** Every build option of the release: those for debugging stand in a file that no extractor reads. */
function optionsOfRelease(): ReadonlySet<string> {
  const files = [...real.corpus.texts].filter(([path]) => path.endsWith('/Kconfig'));
  const debugging = readFileSync(resolve(real.root, 'xen/Kconfig.debug'), 'utf8');
  const texts = [...files.map(([, text]) => text), debugging];
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/^(?:menu)?config (\w+)$/gm)].map(([, name]) => `CONFIG_${name}`),
    ),
  );
}

function handlingsOf(id: string, guest: GuestType): readonly Handling[] {
  const fact = facts.find((one) => one.id === id);
  if (fact === undefined) throw new Error(`no fact ${id}`);
  return fact.guests[guest];
}

const asksFor = (id: string, guest: GuestType, option: string) =>
  handlingsOf(id, guest).some(({ when }) => when?.kconfig?.includes(option));

const isTouched = (id: string, guest: GuestType) =>
  handlingsOf(id, guest).some(({ how }) => how !== 'absent');

const notesOf = (id: string, guest: GuestType) =>
  handlingsOf(id, guest)
    .map(({ note }) => note ?? '')
    .join(' ');

describe('the conditions of the cells', () => {
  it('name build options that the release has', () => {
    const options = optionsOfRelease();
    const asked = facts.flatMap(({ guests }) =>
      Object.values(guests).flatMap((cell) => cell.flatMap(({ when }) => when?.kconfig ?? [])),
    );
    const named = new Set(asked.map((option) => option.replace(/^!/, '')));
    expect([...named].filter((option) => !options.has(option))).toEqual([]);
    expect(asked.length).toBeGreaterThan(20);
  });

  it('name keys that xl of the release reads', () => {
    const xl = textOf('tools/xl/xl_parse.c');
    const asked = facts.flatMap(({ guests }) =>
      Object.values(guests).flatMap((cell) =>
        cell.flatMap(({ when }) => Object.keys(when?.xl ?? {})),
      ),
    );
    expect([...new Set(asked)].filter((key) => !xl.includes(`"${key}"`))).toEqual([]);
    expect(asked.length).toBeGreaterThan(20);
  });
});

describe('who reaches the memory of a guest', () => {
  it.each([
    ['gdbsx', 'pv', 'CONFIG_GDBSX'],
    ['memory-paging', 'hvm', 'CONFIG_MEM_PAGING'],
    ['pv-gates', 'pv', 'CONFIG_PV32'],
  ] as const)('%s of %s needs %s where there is one', (id, guest, option) => {
    expect(asksFor(`memory-access/${id}`, guest, option)).toBe(optionsOfRelease().has(option));
  });

  it('shares memory on the CPUs that the source checks for', () => {
    const isIntelOnly = textOf('xen/arch/x86/mm/mem_sharing.c').includes('!cpu_has_vmx');
    const vendors = handlingsOf('memory-access/memory-sharing', 'hvm').map(
      ({ when }) => when?.vendor,
    );
    expect(vendors).toEqual([isIntelOnly ? 'intel' : undefined]);
  });

  it('refuses set and way where the source does', () => {
    const [, body = ''] =
      /^void p2m_set_way_flush\(([\s\S]*?)^}/m.exec(textOf('xen/arch/arm/p2m.c')) ?? [];
    expect(body).not.toBe('');
    const isRefused = handlingsOf('memory-access/arm-set-way', 'arm').some(
      ({ how }) => how === 'refused',
    );
    expect(isRefused).toBe(body.includes('iommu_use_hap_pt'));
  });

  it('has ioreq servers of Arm where the source has them', () => {
    const isThere = real.corpus.texts.has('xen/arch/arm/ioreq.c');
    expect(isTouched('memory-access/ioreq-pages', 'arm')).toBe(isThere);
    // Those of Arm have no buffered ring: it is refused.
    expect(isTouched('memory-access/buffered-ioreq-page', 'arm')).toBe(false);
    expect(isTouched('memory-access/device-model-buffers', 'arm-dom0')).toBe(isThere);
  });

  it.each([
    ['vmtrace', 'xen/include/public/memory.h', 'XENMEM_resource_vmtrace_buf'],
    ['static-shared-memory', 'xen/arch/arm/domain_build.c', 'shared-mem'],
    ['ffa-buffers', 'xen/arch/arm/tee/Kconfig', 'config FFA'],
  ])('knows %s since the source does', (id, path, text) => {
    const others = ['xen/arch/arm/static-shmem.c', 'xen/common/device-tree/static-shmem.c'];
    const isThere = [path, ...(id.startsWith('static') ? others : [])].some((one) =>
      textOf(one).includes(text),
    );
    expect(facts.some((fact) => fact.id === `memory-access/${id}`)).toBe(isThere);
  });

  it('counts foreign frames where the source does', () => {
    const isCounted = textOf('xen/arch/x86/include/asm/p2m.h').includes('nr_foreign');
    const fact = facts.find(({ id }) => id === 'memory-access/foreign-map-p2m');
    expect(fact?.kind === 'memory-access' && fact.attributes.does.includes('nr_foreign')).toBe(
      isCounted,
    );
  });
});

describe('how a guest starts', () => {
  it('tells of direct mapping where the source does', () => {
    const isTold = textOf('xen/common/kernel.c').includes('XENFEAT_direct_mapped');
    expect(notesOf('boot/feature-flags', 'pv').includes('direct_mapped')).toBe(isTold);
  });

  it('offers the counters of the CPU on Arm where libxl can ask for them', () => {
    const isOffered = textOf('tools/xl/xl_parse.c').includes('"vpmu"');
    expect(isTouched('boot/vpmu', 'arm')).toBe(isOffered);
    expect(isTouched('boot/vpmu', 'arm-dom0')).toBe(false);
  });

  it('has virtio devices on Arm where libxl describes them', () => {
    const isThere = textOf('tools/libs/light/libxl_arm.c').includes('make_virtio_mmio_node');
    const isEmulated = handlingsOf('boot/pv-devices', 'arm').some(({ how }) => how === 'emulated');
    expect(isEmulated).toBe(isThere);
  });

  it('lets libxl switch PIRQs of HVM guests where it can', () => {
    const isSwitched = textOf('tools/libs/light/libxl_x86.c').includes('u.hvm.pirq');
    const [events] = handlingsOf('boot/physical-interrupts', 'hvm').filter(
      ({ how }) => how === 'paravirtualized',
    );
    expect(events?.when?.xl !== undefined).toBe(isSwitched);
  });
});
