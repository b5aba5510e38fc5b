/** Every record of the sample of the truth about PV protocols, and what libxl and SUPPORT.md both say. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/pv-io.json');
const { content } = await readPinned();
const facts = content.facts.filter((fact) => fact.kind === 'pv-protocol');

interface ProtocolRecord {
  readonly id: string;
  readonly header: string;
  readonly role: string;
  readonly backends: readonly string[];
  readonly guest_types: Readonly<Record<string, string>>;
  readonly toolstack: string;
  readonly evidence: readonly { readonly file: string }[];
}

const GUEST_OF: Readonly<Record<string, GuestType>> = {
  pv_domU: 'pv',
  pvh_domU: 'pvh',
  hvm_domU: 'hvm',
  pvshim_inner: 'pv-shim',
  arm_domU: 'arm',
};

/** The first word of each party, such as `QEMU` and `Linux`. */
function firstWords(names: readonly string[]): string[] {
  const words = names.filter((name) => name !== '-').map((name) => name.split(/[ ,(]/)[0] ?? '');
  return [...new Set(words)].sort();
}

it('has a protocol for each header, and knows QEMU where libxl does', () => {
  expect(facts.length).toBeGreaterThanOrEqual(20);
  for (const { id, attributes } of facts) {
    const named = attributes.backends.some(({ name }) => name.startsWith('QEMU'));
    if (attributes.qemu.backend) expect(named, id).toBe(true);
    expect(
      attributes.backends.every(({ name }) => name !== ''),
      id,
    ).toBe(true);
  }
});

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  const records = existsSync(SAMPLE)
    ? (JSON.parse(readFileSync(SAMPLE, 'utf8')) as ProtocolRecord[])
    : [];

  it('has records', () => {
    expect(records.length).toBeGreaterThan(0);
  });

  it.each(records)('agrees on $header', (record) => {
    const fact = facts.find(({ attributes }) => attributes.header === record.header);
    if (fact === undefined) throw new Error(`no fact for ${record.header}`);
    const { attributes: a } = fact;
    expect(a.role).toBe(record.role);
    expect(firstWords(a.backends.map(({ name }) => name))).toEqual(firstWords(record.backends));
    expect(a.option).toBe(/^xl (\w+)=/.exec(record.toolstack)?.[1] ?? null);
    for (const [key, said] of Object.entries(record.guest_types)) {
      const guest = GUEST_OF[key];
      if (guest === undefined) throw new Error(`no column for ${key}`);
      const [first] = fact.guests[guest];
      expect([guest, first?.how], said).toEqual([
        guest,
        a.option === null || said.includes('by default') ? 'exposed' : 'opt-in',
      ]);
      expect(first?.when?.guest ?? []).toEqual(guest === 'hvm' ? ['pv-drivers'] : []);
      if (said.includes('shim')) expect(first?.note).toContain('shim forwards');
    }
    const paths = fact.evidence.filter(isTreeEvidence).map(({ path }) => path);
    for (const { file } of record.evidence) expect(paths).toContain(file);
  });
});
