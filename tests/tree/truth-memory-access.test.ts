/** Every record of the sample of the truth about guest memory, and a second search of the tree for who reaches it. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree, ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/memory-access.json');
let real: RealTree;
let facts: FactOf<'memory-access'>[];

beforeAll(async () => {
  real = await openRealTree();
  facts = real.facts.filter((fact) => fact.kind === 'memory-access');
}, 120_000);

interface AccessRecord {
  readonly id: string;
  readonly accessor: string;
  readonly guest_types: readonly string[];
  readonly guest_consent: string;
  readonly evidence: readonly { readonly file: string }[];
}

/** The fact of a record, and the guest types where a later reading of the code corrects it. */
const FACT_OF: Readonly<Record<string, readonly [id: string, corrected?: readonly GuestType[]]>> = {
  'mem.wallclock': ['wallclock'],
  'mem.pirq-eoi': ['pirq-eoi'],
  'mem.viridian': ['viridian'],
  'mem.insn-fetch': ['instruction-fetch'],
  'mem.pt-walk': ['page-table-walk', ['pv', 'pvh', 'hvm']],
  'mem.task-switch': ['task-switch'],
  'mem.msix-snoop': ['msix-snoop'],
  'mem.pv-ptwr': ['pv-page-table-write'],
  'mem.pv-iobmp': ['pv-io-bitmap'],
  'mem.vm_event': ['vm-event-rings'],
  'mem.mem_access': ['mem-access', ['pvh', 'hvm', 'arm']],
  'mem.vmx-realmode': ['real-mode-helpers'],
  'mem.crash-scrub': ['scrub'],
  'mem.trap-dump': ['console-dumps', ['pv', 'arm']],
  'mem.build-hvmloader': ['build-hvmloader'],
  'mem.build-gnttab': ['build-grant-table'],
  'mem.xenstored': ['xenstore-ring'],
  'mem.misc-tools': ['misc-tools', ['pv', 'pvh', 'hvm']],
  'mem.vpl011-ring': ['vpl011-ring'],
};

const GUEST_OF: Readonly<Record<string, GuestType>> = {
  pv_domU: 'pv',
  pvh_domU: 'pvh',
  hvm_domU: 'hvm',
  arm_domU: 'arm',
};

/** Words of the record for the consent; what is done before the first run or by configuration cannot be asked for. */
const CONSENT_OF: readonly (readonly [RegExp, string])[] = [
  [/^NOT cooperative/, 'without'],
  [/^(?:cooperative|shared by design)/, 'cooperative'],
  [/^(?:implicit|before first run|by configuration)/, 'implicit'],
];

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  const records = existsSync(SAMPLE)
    ? (JSON.parse(readFileSync(SAMPLE, 'utf8')) as AccessRecord[])
    : [];

  it('has a fact named for each record', () => {
    expect(records.map(({ id }) => id).sort()).toEqual(Object.keys(FACT_OF).sort());
  });

  it.each(records)('agrees on $id', (record) => {
    const [id, corrected] = FACT_OF[record.id] ?? [''];
    const fact = facts.find((one) => one.id === `memory-access/${id}`);
    if (fact === undefined) throw new Error(`no fact for ${record.id}`);
    const expected = corrected ?? record.guest_types.map((guest) => GUEST_OF[guest]);
    for (const guest of Object.values(GUEST_OF)) {
      const touched = fact.guests[guest].some(({ how }) => how !== 'absent' && how !== 'refused');
      expect([guest, touched]).toEqual([guest, expected.includes(guest)]);
    }
    const consent = CONSENT_OF.find(([pattern]) => pattern.test(record.guest_consent))?.[1];
    expect(fact.attributes.consent).toBe(consent);
    expect(fact.attributes.accessor).toBe(
      record.accessor.startsWith('xen') && record.accessor !== 'xenstored' ? 'xen' : 'dom0',
    );
    const paths = fact.evidence.filter(isTreeEvidence).map(({ path }) => path);
    for (const { file } of real.pinned ? record.evidence : []) {
      expect(paths).toContain(file);
    }
  });
});

describe('a real tree', () => {
  it('has no problem, and says every column', () => {
    expect(real.problems.filter(({ expected }) => expected.includes('memory-access'))).toEqual([]);
    expect(facts.length).toBeGreaterThanOrEqual(90);
  });

  it('names who reaches guest memory through a lasting map, found by a plain search', () => {
    const call =
      /^\s+(?![*/\s]).*(?<![\w"])(?:__map_domain_page_global|prepare_ring_for_helper|map_guest_area|viridian_map_guest_page)\(/;
    const callers = new Set(facts.flatMap(({ attributes }) => attributes.callers));
    const missed = [...real.corpus.texts]
      .filter(([path]) => /^xen\/(?:arch\/(?:x86|arm)|common)\/.*\.c$/.test(path))
      .flatMap(([path, text]) => {
        const lines = text
          .split('\n')
          .flatMap((line, index) => (call.test(line) ? [index + 1] : []));
        const functions = real.corpus.file(path)?.functions ?? [];
        return lines.flatMap((line) =>
          functions.filter((one) => one.line < line && line <= one.endLine).map(({ name }) => name),
        );
      })
      .filter((name) => !callers.has(name));
    // What maps pages of Xen itself, or is one of the primitives.
    expect([...new Set(missed)].sort()).toEqual(
      ['init_hyperv_timer', 'prepare_ring_for_helper', 'svm_cpu_up_prepare'].filter((name) =>
        missed.includes(name),
      ),
    );
  });

  it('gives each operation of the public headers to one way at the most', () => {
    const names = facts.flatMap(({ attributes }) => attributes.names);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    expect(twice).toEqual([]);
    expect(names.length).toBeGreaterThan(80);
  });
});
