/** The spot checks of the sample of the truth, held against the rows of the matrix. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { joinContent } from '../src/data/atlas.ts';
import { type RowHandling, resolveRow } from '../src/data/cells.ts';
import type { GuestType } from '../src/model/guest-types.ts';
import type { Handling } from '../src/model/handling.ts';
import { readPinned } from './pinned-content.ts';
import { ROOT } from './xen-tree.ts';

type Expected = Omit<Handling, 'evidence' | 'note' | 'origin'>;

/** By number: the row, the guest types, and handlings that must be among those of each cell; the default first. */
const CHECKS: readonly (readonly [
  numbers: readonly number[],
  row: string,
  guests: readonly GuestType[],
  handlings: readonly Expected[],
])[] = [
  [[3], 'interrupts/local-apic', ['pvh-dom0'], [{ how: 'emulated', by: 'xen' }]],
  [[4], 'msr/apic-base', ['pv'], [{ how: 'emulated', by: 'xen', access: 'read' }]],
  [[5], 'msr/x2apic', ['pv'], [{ how: 'refused', by: 'xen', effect: '#GP', access: 'both' }]],
  [
    [7],
    'interrupts/local-apic',
    ['pvh', 'hvm'],
    [
      { how: 'emulated', by: 'xen' },
      { how: 'emulated', by: 'xen', when: { guest: ['x2apic-mode'] } },
    ],
  ],
  [
    [9, 10],
    'cpu/lmsw',
    ['pvh', 'hvm'],
    [
      { how: 'emulated', by: 'xen', when: { vendor: 'intel', guest: ['owned-bit-changes'] } },
      { how: 'emulated', by: 'xen', when: { vendor: 'amd' } },
    ],
  ],
  [
    [19],
    'cpu/rdtsc',
    ['pv'],
    [
      { how: 'native', by: 'cpu', when: { guest: ['!vtsc', '!cr4-tsd'] } },
      { how: 'emulated', by: 'xen', when: { guest: ['vtsc', '!cr4-tsd'] } },
      { how: 'emulated', by: 'xen', when: { guest: ['cr4-tsd', '!user-mode'] } },
    ],
  ],
  [[22], 'cpu/hlt', ['pvh', 'hvm'], [{ how: 'emulated', by: 'xen' }]],
  [[24], 'cpu/cli-sti', ['pvh', 'hvm'], [{ how: 'hardware', by: 'cpu' }]],
  [
    [26],
    'cpu/invlpg',
    ['pv'],
    [
      { how: 'refused', by: 'xen', effect: '#GP' },
      {
        how: 'paravirtualized',
        by: 'xen',
        when: { hypercalls: ['mmuext_op', 'update_va_mapping'] },
      },
    ],
  ],
  [
    [28],
    'cpu/mov-cr3',
    ['pv'],
    [
      {
        how: 'emulated',
        by: 'xen',
        access: 'write',
        when: { guest: ['!user-mode', 'valid-page-table'] },
      },
      { how: 'paravirtualized', by: 'xen', access: 'write', when: { hypercalls: ['mmuext_op'] } },
    ],
  ],
  [
    [29],
    'memory/page-table-writes',
    ['pv'],
    [
      { how: 'paravirtualized', by: 'xen' },
      {
        how: 'emulated',
        by: 'xen',
        when: {
          guest: ['writable-pagetables', '!user-mode', 'level-1-table'],
          bytes: [1, 2, 4, 8],
        },
      },
      { how: 'refused', by: 'xen', effect: '#PF', when: { guest: ['!level-1-table'] } },
    ],
  ],
  [
    [32],
    'devices/pci-config',
    ['pv-dom0'],
    [{ how: 'mediated', by: 'xen', access: 'write', when: { guest: ['ecam-access'] } }],
  ],
  [
    [33, 34],
    'cpu/real-mode',
    ['hvm'],
    [
      { how: 'hardware', by: 'cpu', when: { vendor: 'amd' } },
      {
        how: 'hardware',
        by: 'cpu',
        when: { vendor: 'intel', paging: 'hap', feature: ['unrestricted-guest'] },
      },
      { how: 'emulated', by: 'xen', when: { vendor: 'intel', feature: ['!unrestricted-guest'] } },
    ],
  ],
  [
    [38],
    'msr/star-lstar',
    ['pvh', 'hvm'],
    [{ how: 'hardware', by: 'cpu', access: 'both', when: { vendor: 'amd' } }],
  ],
  [[39], 'msr/fs-gs-base', ['pvh', 'hvm'], [{ how: 'hardware', by: 'cpu', access: 'both' }]],
  [
    [41],
    'msr/spec-ctrl',
    ['pvh', 'hvm'],
    [
      { how: 'hardware', by: 'cpu', access: 'both', when: { vendor: 'intel', cpuid: ['ibrsb'] } },
      { how: 'hardware', by: 'cpu', access: 'both', when: { vendor: 'amd', cpuid: ['ibrs'] } },
    ],
  ],
  [
    [47],
    'cpu/mov-cr0',
    ['pvh', 'hvm'],
    [
      { how: 'hardware', by: 'cpu', access: 'read', when: { vendor: 'intel' } },
      { how: 'emulated', by: 'xen', when: { vendor: 'amd', feature: ['decode-assists'] } },
      { how: 'emulated', by: 'xen', when: { vendor: 'amd', feature: ['!decode-assists'] } },
    ],
  ],
  [
    [48],
    'cpu/mov-dr',
    ['pv'],
    [{ how: 'emulated', by: 'xen', access: 'read', when: { guest: ['!user-mode'] } }],
  ],
  [
    [48],
    'cpu/mov-dr',
    ['pvh', 'hvm'],
    [
      { how: 'emulated', by: 'xen', when: { guest: ['!debug-registers-loaded'] } },
      { how: 'hardware', by: 'cpu', when: { guest: ['debug-registers-loaded'] } },
    ],
  ],
];

let cellOf: (row: string, guest: GuestType) => readonly RowHandling[];

beforeAll(async () => {
  const { content } = await readPinned();
  const { factById, featureById } = joinContent(content);
  cellOf = (id, guest) => {
    const feature = featureById.get(id)?.feature;
    return feature === undefined ? [] : resolveRow(feature, factById).guests[guest];
  };
}, 120_000);

describe('the rows of the matrix', () => {
  it.each(CHECKS)('agree with spot check %j: %s for %j', (_numbers, row, guests, handlings) => {
    for (const guest of guests) {
      const said = cellOf(row, guest).map(
        ({ evidence: _evidence, note: _note, origin: _origin, from: _from, ...rest }) => rest,
      );
      for (const handling of handlings) expect(said).toContainEqual(handling);
    }
  });

  it('are held against every spot check that there is', () => {
    const path = resolve(ROOT, '../shared/truth/spot-checks.json');
    if (!existsSync(path)) return;
    const all = JSON.parse(readFileSync(path, 'utf8')) as readonly { readonly n: number }[];
    const held = new Set(CHECKS.flatMap(([numbers]) => numbers));
    expect(all.map(({ n }) => n).filter((n) => !held.has(n))).toEqual([]);
  });
});
