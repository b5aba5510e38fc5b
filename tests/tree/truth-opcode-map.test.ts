/** The committed opcodes of the emulator against the sample of the truth, where it is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import type { FactOf } from '../../src/schema/fact.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const PATH = resolve(ROOT, '../shared/truth/x86-emulate-coverage.json');
const { content } = await readPinned();
const committed = content.facts.filter((fact) => fact.kind === 'opcode-map');

interface OpcodeRecord {
  readonly kind: string;
  readonly map: string;
  readonly supports?: string;
  readonly 'distinct_labels_(byte,prefix)'?: number;
  readonly distinct_opcode_bytes?: number;
  readonly 'without_HVM_(PV-only build)_labels'?: number;
  readonly without_HVM_bytes?: number;
  readonly explicit_entries?: number;
}

/** Facts by the name that the sample has for them, where it is not their map. */
const FACT_OF: Readonly<Record<string, string>> = {
  '0f01 (0f01.c)': 'group-0f01',
  '0fae (0fae.c)': 'group-0fae',
  '0fc7 (0fc7.c)': 'group-0fc7',
  'x87 d8-df, 9b (fpu.c)': 'group-x87',
  'blk.c': 'group-blk',
  '0f0f 3DNow!': 'group-0f0f',
  RSM: 'instruction-rsm',
  'AVX512PF gather-prefetch 0f38 c6': 'instruction-avx512pf',
  INVPCID: 'instruction-invpcid',
  CMPccXADD: 'instruction-cmpccxadd',
  VPCLMULQDQ: 'instruction-vpclmulqdq',
  'AVX512-FP16 map5 add': 'instruction-avx512-fp16',
};

/** The records, or none where the sample is not there: the tests that are skipped are listed nonetheless. */
function sample(): OpcodeRecord[] {
  return existsSync(PATH) ? (JSON.parse(readFileSync(PATH, 'utf8')) as OpcodeRecord[]) : [];
}

function factFor(name: string): FactOf<'opcode-map'> {
  const id = FACT_OF[name];
  const fact = committed.find((candidate) =>
    id === undefined
      ? candidate.attributes.map === name.split(' ')[0]
      : candidate.id === `opcode-map/${id}`,
  );
  if (fact === undefined) throw new Error(`no fact for ${name}`);
  return fact;
}

/** The instructions that a sentence of the sample names in capitals, such as `RDTSCP`; what it says `NOT` of apart. */
function namedIn(supports: string): { readonly runs: string[]; readonly lacks: string[] } {
  const [runs = '', lacks = ''] = supports.split(/; (?:NOT|all else)/);
  const words = (text: string) => text.match(/\b[A-Z][A-Z0-9]{3,}\b/g) ?? [];
  return { runs: words(runs), lacks: words(lacks) };
}

/** Words of the sample in capitals that are no instructions. */
const NO_INSTRUCTION = new Set(['X86EMUL']);

describe.runIf(existsSync(PATH))('every record of the sample', () => {
  it.each(sample().map((record) => [`${record.kind} ${record.map}`, record] as const))(
    '%s',
    (_name, record) => {
      const { attributes, guests } = factFor(record.map);
      if (record.kind === 'map-count') {
        expect(attributes).toMatchObject({
          part: 'map',
          labels: record['distinct_labels_(byte,prefix)'],
          bytes: record.distinct_opcode_bytes,
          labelsWithoutHvm: record['without_HVM_(PV-only build)_labels'],
          bytesWithoutHvm: record.without_HVM_bytes,
        });
      } else if (record.kind === 'decode-table') {
        expect(attributes.entries).toBe(record.explicit_entries);
      } else if (record.kind.startsWith('notable-')) {
        const present = record.kind === 'notable-present';
        expect(attributes.supported).toBe(present);
        expect(guests.hvm.some(({ how }) => how === 'emulated')).toBe(present);
      } else {
        expect([record.kind, attributes.part]).toEqual(['delegated-group', 'group']);
        const { runs, lacks } = namedIn(record.supports ?? '');
        const ours = attributes.implements.join(' ');
        const notOurs = attributes.lacks.join(' ');
        const missing = runs.filter((word) => !ours.includes(word) && notOurs.includes(word));
        expect(missing).toEqual([]);
        const known = lacks.filter((word) => !NO_INSTRUCTION.has(word));
        expect(known.filter((word) => ours.split(/\W+/).includes(word))).toEqual([]);
      }
    },
  );
});

describe('the committed facts', () => {
  const maps = committed.filter(({ attributes }) => attributes.part === 'map');
  const sum = (values: readonly (number | null)[]) => {
    return values.reduce<number>((total, value) => total + (value ?? 0), 0);
  };

  it('count 1764 labels with HVM, and 399 without', () => {
    expect(sum(maps.map(({ attributes }) => attributes.labels))).toBe(1764);
    expect(sum(maps.map(({ attributes }) => attributes.labelsWithoutHvm))).toBe(399);
  });

  it('serve the guest types that the callers of the emulator serve', () => {
    const served = GUEST_TYPES.filter((guest) =>
      content.facts.some(
        (fact) =>
          fact.kind === 'emulator-caller' &&
          fact.attributes.executes &&
          fact.guests[guest].some(({ how }) => how === 'emulated'),
      ),
    );
    const reached = GUEST_TYPES.filter((guest) =>
      committed.some(({ guests }) => guests[guest].some(({ how }) => how === 'emulated')),
    );
    expect(reached).toEqual(served);
  });

  it('never say `emulated` without a condition', () => {
    const flat = committed.filter(({ guests }) =>
      GUEST_TYPES.some((guest) =>
        guests[guest].some(({ how, when }) => how === 'emulated' && when === undefined),
      ),
    );
    expect(flat.map(({ id }) => id)).toEqual([]);
  });
});
