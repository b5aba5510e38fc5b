/** Every record of the sample of the truth about memory-mapped regions, where the sample is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/mmio.json');
const { content } = await readPinned();
const facts = content.facts.filter((fact) => fact.kind === 'mmio-region');

interface RegionRecord {
  readonly id: string;
  readonly kind: string;
  readonly handler: string;
  readonly guest_types: Readonly<Record<string, string>>;
  readonly evidence: readonly { readonly file: string; readonly func: string | null }[];
}

const GUEST_OF: Readonly<Record<string, GuestType>> = {
  pv_domU: 'pv',
  pvh_domU: 'pvh',
  hvm_domU: 'hvm',
  pv_dom0: 'pv-dom0',
  pvh_dom0: 'pvh-dom0',
  pvshim_inner: 'pv-shim',
  arm_domU: 'arm',
  arm_dom0: 'arm-dom0',
};

/** Verdicts that stand for the words of the sample, in their order; other words leave the cell open. */
const VERDICTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^absent/, ['absent']],
  [/^emulated/, ['emulated']],
  [/^optional \(off by default\)/, ['absent', 'emulated']],
  [/^optional/, ['opt-in']],
];

it('says of every region what no guest type has by the wrong architecture', () => {
  expect(facts.length).toBeGreaterThanOrEqual(26);
  for (const { id, attributes, guests } of facts) {
    const others = attributes.arch === 'arm' ? (['pv', 'hvm'] as const) : (['arm'] as const);
    for (const guest of others) expect([id, guests[guest][0]?.how]).toEqual([id, 'absent']);
  }
});

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  const records = existsSync(SAMPLE)
    ? (JSON.parse(readFileSync(SAMPLE, 'utf8')) as RegionRecord[])
    : [];
  const regions = records.filter(({ kind }) => kind === 'mmio');

  it('has records', () => {
    expect(regions.length).toBeGreaterThan(3);
  });

  it.each(regions)('agrees on $id', ({ handler, guest_types: guests, evidence }) => {
    const fact = facts.find(({ attributes }) => attributes.ops === handler);
    if (fact === undefined) throw new Error(`no region of ${handler}`);
    for (const [key, said] of Object.entries(guests)) {
      const guest = GUEST_OF[key];
      const verdicts = VERDICTS.find(([pattern]) => pattern.test(said))?.[1];
      if (guest === undefined || verdicts === undefined) continue;
      const hows = fact.guests[guest].map(({ how }) => how);
      expect([guest, hows.slice(0, verdicts.length)], said).toEqual([guest, verdicts]);
      const conditional = / if |optional/.test(said);
      if (conditional) expect(fact.guests[guest].some(({ when }) => when !== undefined)).toBe(true);
    }
    const places = fact.evidence.filter(isTreeEvidence);
    const [first] = evidence;
    expect(places.map(({ path }) => path)).toContain(first?.file);
    const functions = [fact.attributes.handler, ...places.map(({ symbol }) => symbol)];
    expect(evidence.some(({ func }) => func !== null && functions.includes(func))).toBe(true);
  });
});
