/** The made-up tree with one change about the emulator at a time. */
import { beforeAll, describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import type { Corpus } from '../../corpus.ts';
import { opcodeMap } from './index.ts';

const FOLDER = 'xen/arch/x86/x86_emulate';
const EMULATOR = `${FOLDER}/x86_emulate.c`;

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function extractWith(path: string, from: string | RegExp, to: string) {
  const text = whole.texts.get(path) ?? '';
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return opcodeMap.extract(whole.withTexts(new Map(whole.texts).set(path, changed)));
}

function attributes(id: string, extraction = opcodeMap.extract(whole)) {
  return extraction.facts.find((fact) => fact.id === `opcode-map/${id}`)?.attributes;
}

describe('counts', () => {
  it('labels in every build', () => {
    expect(attributes('vex-0f')).toMatchObject({
      labels: 3,
      bytes: 2,
      labelsWithoutHvm: 0,
      labelsWithout: { X86EMUL_NO_FPU: 3, X86EMUL_NO_MMX: 3, X86EMUL_NO_SIMD: 0 },
      kconfig: 'CONFIG_HVM',
    });
    expect(attributes('vex-0f38')).toMatchObject({
      labels: 16,
      labelsWithoutHvm: 16,
      kconfig: null,
    });
    expect(attributes('legacy-1-byte')).toMatchObject({ labels: 17, labelsWithoutHvm: 8 });
  });

  it('what leads to a group, and what it runs', () => {
    expect(attributes('group-0fae')).toMatchObject({
      opcodes: ['VEX/0f ae', 'legacy/0f ae'],
      labelsWithoutHvm: 1,
    });
    const group = attributes('group-0f01');
    expect(group?.implements).toContain('SERIALIZE');
    expect(group?.lacks).toEqual(expect.arrayContaining(['SETSSBSY', 'VMCALL', 'LMSW']));
  });
});

describe('before 4.14', () => {
  it('leaves nothing of the emulator out without HVM, and asks for SYSCALL alone', async () => {
    const texts = new Map(whole.texts);
    texts.set('xen/arch/x86/x86_emulate.c', '#include "x86_emulate/x86_emulate.c"\n');
    const tables = texts.get(`${FOLDER}/decode.c`) ?? '';
    texts.set(EMULATOR, `${texts.get(EMULATOR) ?? ''}${tables}`);
    const old = opcodeMap.extract(await corpusOf(Object.fromEntries(texts), '4.13.0'));
    expect(attributes('vex-0f', old)).toMatchObject({
      labels: 3,
      labelsWithoutHvm: 3,
      labelsWithout: {},
      kconfig: null,
    });
    expect(attributes('instruction-syscall', old)?.opcodes).toEqual(['legacy/0f 05']);
  });
});

describe('an instruction', () => {
  it.each<[string, boolean]>([
    ['cmpccxadd', true],
    ['rsm', false],
    ['serialize', true],
    ['setssbsy', false],
    ['lgdt', true],
    ['sgdt', false],
    ['sldt', true],
    ['verr', false],
    ['lwp', false],
    ['fsgsbase', false],
  ])('%s: %s', (id, supported) => {
    const judged = id === 'fsgsbase';
    expect(attributes(`instruction-${id}`)?.supported).toBe(judged ? true : supported);
  });

  it('that lost its label is not run any more', () => {
    const changed = extractWith(
      EMULATOR,
      /\n.*0xe0\).*\n.*0xef\):/,
      '\ncase X86EMUL_OPC_VEX(0x0f38, 1):',
    );
    expect(attributes('instruction-cmpccxadd', changed)?.supported).toBe(false);
  });
});

it('gives the features that the emulator asks for, and tells of one that is new', () => {
  expect(attributes('instruction-cmpccxadd')?.features).toEqual(['cmpccxadd']);
  expect(attributes('instruction-rdrand')?.features).toEqual([]);
  const changed = extractWith(EMULATOR, 'must_have(cmpccxadd)', 'must_have(wheel)');
  expect(changed.problems).toContainEqual(
    expect.objectContaining({
      kind: 'construct-unknown',
      place: expect.objectContaining({ path: EMULATOR }),
      actual: 'the feature `wheel` that the emulator asks for',
    }),
  );
});

describe('cells', () => {
  const cell = (id: string, guest: 'hvm' | 'pv' | 'pvh-dom0' = 'hvm') =>
    opcodeMap.extract(whole).facts.find((fact) => fact.id === `opcode-map/${id}`)?.guests[guest] ??
    [];
  const inState = (id: string, state: string, guest?: 'hvm' | 'pv') =>
    cell(id, guest)
      .filter(({ when }) => when?.guest?.some((word) => word === state))
      .map(({ how, effect }) => effect ?? how);

  it('decode VEX, EVEX and XOP outside of real mode only', () => {
    expect(inState('instruction-cmpccxadd', 'real-mode')).toEqual(['#UD', '#UD']);
    expect(inState('vex-0f', 'real-mode')).toEqual(['#UD', '#UD']);
    expect(inState('instruction-serialize', 'real-mode')).toEqual(['emulated', 'emulated']);
    expect(new Set(inState('instruction-cmpccxadd', 'mmio-access'))).toEqual(new Set(['emulated']));
  });

  it('refuse operations on blocks of memory that cannot be mapped', () => {
    expect(inState('group-blk', 'mmio-access')).toEqual(['#GP', '#PF']);
    expect(inState('group-0fae', 'mmio-access').slice(-3)).toEqual(['emulated', '#GP', '#PF']);
  });

  it('say of read-only MMIO only what writes memory meets', () => {
    const writes = (id: string) =>
      cell(id, 'pvh-dom0').filter(({ access }) => access === 'write').length;
    expect(writes('instruction-add')).toBe(1);
    expect(writes('instruction-pclmulqdq')).toBe(0);
  });

  it('leave out what only an Intel CPU does, where no such CPU has the instruction', () => {
    const onIntel = (id: string) => cell(id).some(({ when }) => when?.vendor === 'intel');
    expect(onIntel('vex-0f')).toBe(true);
    expect(onIntel('xop-8f09')).toBe(false);
    expect(onIntel('instruction-clzero')).toBe(false);
  });

  it('leave to the CPU what is unprivileged', () => {
    expect(cell('instruction-serialize', 'pv').map(({ how }) => how)).toEqual(['native']);
    expect(cell('instruction-serialize')[0]?.how).toBe('hardware');
    expect(cell('instruction-lgdt')[0]?.how).toBe('emulated');
  });

  it('give RDPID on Intel to the guest that has RDTSCP', () => {
    const verdicts = (guest: 'hvm' | 'pv') =>
      cell('instruction-rdpid', guest)
        .filter(({ by }) => by === 'cpu')
        .map(({ how, when }) => [how, when?.vendor, when?.cpuid?.[0]]);
    expect(verdicts('hvm')).toEqual([
      ['hardware', 'intel', 'rdtscp'],
      ['refused', 'intel', '!rdtscp'],
      ['hardware', 'amd', undefined],
    ]);
    expect(verdicts('pv')).toEqual([['native', undefined, undefined]]);
  });

  it('say when an instruction of a PV guest comes to the emulator', () => {
    expect(inState('instruction-ins-outs', 'whitelisted', 'pv')).toEqual([]);
    expect(inState('instruction-ins-outs', 'io-permission', 'pv')).toEqual(['emulated']);
    expect(inState('legacy-1-byte', 'whitelisted', 'pv')).toEqual(['emulated']);
  });
});

describe('something that is not known', () => {
  it.each<[string, string, string | RegExp, string, string, string]>([
    [
      'construct-unknown',
      EMULATOR,
      'case 0x6c ... 0x6f:',
      'case X86EMUL_OPC_VEX(7, 1):',
      '`VEX/map7`',
      'maps.ts',
    ],
    [
      'construct-unknown',
      `${FOLDER}/decode.c`,
      /xop_table/g,
      'wheel_table',
      '`wheel_table`',
      'maps.ts',
    ],
    ['construct-unknown', `${FOLDER}/blk.c`, 'blk_movdir', 'blk_wheel', '`blk_wheel`', 'groups.ts'],
    ['construct-unread', EMULATOR, '0xe0) ...', '0xe1) ...', '15 of 16', 'instructions/'],
    [
      'construct-missing',
      EMULATOR,
      'case X86EMUL_OPC_EVEX(6, 0x80):',
      '',
      '`EVEX/map6`',
      'maps.ts',
    ],
  ])('is %s: %s %s', (kind, path, from, to, actual, table) => {
    expect(extractWith(path, from, to).problems).toContainEqual(
      expect.objectContaining({
        kind,
        severity: 'error',
        actual: expect.stringContaining(actual),
        repair: expect.stringContaining(table),
      }),
    );
  });

  it('is a label that is no number, a map without a name, or a designator that is none', () => {
    const label = extractWith(EMULATOR, 'case 0x6c ... 0x6f:', 'case wheel:');
    expect(label.problems).toContainEqual(
      expect.objectContaining({ kind: 'construct-unread', actual: 'the label `wheel`' }),
    );
    const map = extractWith(EMULATOR, 'case 0x6c ... 0x6f:', 'case X86EMUL_OPC(0x77, 1):');
    expect(map.problems).toContainEqual(
      expect.objectContaining({ kind: 'construct-unknown', place: { path: EMULATOR, line: 22 } }),
    );
    const table = extractWith(`${FOLDER}/decode.c`, '[0x20]', '[WHEEL]');
    expect(table.problems).toContainEqual(expect.objectContaining({ kind: 'construct-unread' }));
  });

  it('is an emulator without its switch', () => {
    const gone = extractWith(EMULATOR, /ctxt->opcode/g, 'ctxt->wheel');
    expect(gone).toMatchObject({ facts: [], problems: [{ kind: 'construct-missing' }] });
  });
});

it.each(Object.values(opcodeMap.constructs))('misses $id by name when it is gone', (construct) => {
  const names = construct.candidates.map((candidate) => candidate.name);
  const gone = (text: string) => names.reduce((all, name) => all.replaceAll(name, 'WHEEL_'), text);
  const texts = new Map([...whole.texts].map(([path, text]) => [path, gone(text)]));
  const patterns = construct.candidates.map(({ in: path }) => path);
  for (const path of patterns) if (construct.id !== 'opcode-map/emulate') texts.set(path, '');
  const { facts, problems } = opcodeMap.extract(whole.withTexts(texts));
  expect(facts).toEqual([]);
  expect(problems).toContainEqual(
    expect.objectContaining({
      kind: 'construct-missing',
      severity: 'error',
      actual: expect.stringContaining(`\`${construct.id}\``),
    }),
  );
});
