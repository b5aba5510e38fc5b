/** The committed callers of the emulator against the sample of the truth, where it is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../src/model/guest-types.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const FOLDER = resolve(ROOT, '../shared/truth');
const { content } = await readPinned();
const committed = content.facts.filter((fact) => fact.kind === 'emulator-caller');

type Column = 'PV' | 'HVM' | 'PVH_domU' | 'PVH_dom0';

interface EntryRecord {
  readonly id: string;
  readonly caller: string | null;
  readonly ops_or_filter: string | null;
  readonly executes: string;
  readonly applies: Readonly<Record<Column, string>>;
  readonly evidence: readonly { file: string; line: number; func: string | null }[];
}

const GUESTS_OF: Readonly<Record<Column, readonly GuestType[]>> = {
  PV: ['pv', 'pv-dom0', 'pv-shim'],
  HVM: ['hvm'],
  PVH_domU: ['pvh'],
  PVH_dom0: ['pvh-dom0'],
};

/** Facts by the record of the sample that is about them. */
const FACT_OF: Readonly<Record<string, string>> = {
  'hvm.npf.nested': 'hvm-nested-fault',
  'vmx.ins_outs': 'vmx-string-io',
  'ioreq.completion': 'ioreq-completion',
  'hvm.fep': 'hvm-forced',
  'shadow.ptwrite': 'shadow-page-table-write',
};

/** Where the code says otherwise: `create_dom0()` never asks for nested virtualization. */
const CORRECTED: Readonly<Record<string, Partial<EntryRecord['applies']>>> = {
  'hvm.npf.nested': { PVH_dom0: 'no' },
};

/** The records, or none where the sample is not there: the tests that are skipped are listed nonetheless. */
function sample(): EntryRecord[] {
  const path = resolve(FOLDER, 'emulator-entry.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as EntryRecord[]) : [];
}

function named(id: string): FactOf<'emulator-caller'> {
  const fact = committed.find((candidate) => candidate.id === `emulator-caller/${id}`);
  if (fact === undefined) throw new Error(`no fact ${id}`);
  return fact;
}

describe.runIf(existsSync(FOLDER))('every record of the sample', () => {
  it('is about a caller that is listed, or about one that there is not', () => {
    const none = sample().filter(({ caller }) => caller === null);
    expect(none.map(({ id }) => id)).toEqual(['NOT.pio']);
    expect(committed.some(({ attributes }) => attributes.caller === 'handle_pio')).toBe(false);
    const listed = sample().filter(({ caller }) => caller !== null);
    expect(listed.map(({ id }) => id).sort()).toEqual(Object.keys(FACT_OF).sort());
  });

  it.each(
    sample()
      .filter(({ caller }) => caller !== null)
      .map((record) => [record.id, record] as const),
  )('%s', (id, { caller, ops_or_filter: filter, executes, applies, evidence }) => {
    const { attributes, guests, evidence: places } = named(FACT_OF[id] ?? '');
    expect(attributes.caller).toBe(caller?.split(' -> ')[0]);
    expect(attributes.filter).toBe(filter === 'no filter' ? null : filter);
    expect(attributes.executes).toBe(executes === 'x86_emulate');
    for (const [column, wanted] of Object.entries({ ...applies, ...CORRECTED[id] })) {
      for (const guest of GUESTS_OF[column as Column]) {
        expect([guest, guests[guest][0]?.how]).toEqual([
          guest,
          wanted.startsWith('no') ? 'absent' : 'emulated',
        ]);
        const conditional = !wanted.startsWith('no') && /only|if|same/.test(wanted);
        if (conditional) expect(guests[guest].every(({ when }) => when !== undefined)).toBe(true);
      }
    }
    const lines = places.flatMap((place) => ('line' in place ? [place.line] : []));
    expect(evidence.map(({ line }) => line)).toEqual(expect.arrayContaining(lines));
  });
});

it('has every call by which a VM exit reaches the emulator', () => {
  const calls = new Set(committed.map(({ attributes: a }) => `${a.caller} ${a.callee}`));
  const callees = new Set(committed.map(({ attributes }) => attributes.callee));
  const paths = content.facts.flatMap((fact) =>
    fact.kind === 'vm-exit'
      ? [fact.attributes.emulatorPath, fact.attributes.decoderPath].filter(
          (path) => path.length > 0,
        )
      : [],
  );
  expect(paths.length).toBeGreaterThan(20);
  const steps = paths.flatMap((path) =>
    path.slice(1).map((callee, index) => ({ caller: path[index] ?? '', callee })),
  );
  const missing = steps.filter(
    ({ caller, callee }) => callees.has(callee) && !calls.has(`${caller} ${callee}`),
  );
  expect(missing).toEqual([]);
});
