/** The made-up tree with one change about the instructions of PV guests at a time. */

import { beforeAll, describe, expect, it } from 'vitest';
import { GUEST_TYPES } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import { cellsOf } from '../../authored.ts';
import type { Corpus } from '../../corpus.ts';
import { ENTRIES } from './entries/index.ts';
import { operationOf } from './hypercalls.ts';
import { pvInstruction } from './index.ts';
import { COMPAT_ENTRY, ENTRY, PRIVILEGED, READ_ONLY, TRAPS } from './places.ts';

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function extractWith(path: string, from: string | RegExp, to: string) {
  const text = whole.texts.get(path) ?? '';
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return pvInstruction.extract(whole.withTexts(new Map(whole.texts).set(path, changed)));
}

describe('tells of what no entry knows', () => {
  it.each<[string, string, string | RegExp, string, string]>([
    [
      'an opcode that is let through',
      PRIVILEGED,
      'case X86EMUL_OPC(0x0f, 0x06):',
      'case X86EMUL_OPC(0x0f, 0x77):',
      'opcode 0f77 in the whitelist',
    ],
    [
      'an instruction that is authored as one that faults',
      PRIVILEGED,
      'case X86EMUL_OPC(0x0f, 0x06):',
      'case X86EMUL_OPC(0x0f, 0x06): case 0xf4:',
      'opcode f4 of `hlt` in the whitelist',
    ],
    [
      'an instruction that is authored as native',
      PRIVILEGED,
      'case 0xfa: case 0xfb:',
      'case 0xfa: case 0xfb: case 0x9d:',
      'opcode 9d of `popf` in the whitelist',
    ],
    [
      'a member of a group',
      PRIVILEGED,
      'case 2: /* xsetbv */',
      'case 3:',
      'opcode 0f01d9 in the whitelist',
    ],
    [
      'a callback',
      PRIVILEGED,
      '.cache_op = cache_op',
      '.turn = turn_wheel',
      'callback `turn_wheel`',
    ],
    [
      'a table of operations',
      READ_ONLY,
      'x86_emulate_ops mmcfg_intercept_ops',
      'x86_emulate_ops wheel_ops',
      'operations `wheel_ops`',
    ],
    ['an entry point', ENTRY, 'FUNC(entry_BR)', 'FUNC(entry_WH)', 'entry point `entry_WH`'],
    [
      'an entry point of 32-bit guests',
      COMPAT_ENTRY,
      /$/,
      '\nFUNC(entry_int83)\n',
      'entry point `entry_int83`',
    ],
    ['an event of FRED', TRAPS, 'case X86_EXC_BR:', 'case X86_EXC_WH:', 'event `X86_EXC_WH`'],
  ])('%s', (_what, path, from, to, actual) => {
    expect(extractWith(path, from, to).problems).toContainEqual(
      expect.objectContaining({
        kind: 'construct-unknown',
        severity: 'error',
        place: { path, line: expect.any(Number) },
        actual,
        repair: expect.stringContaining('entries/'),
      }),
    );
  });
});

describe('tells of what an entry names and the tree does not have', () => {
  it.each<[string, string, string, string, string]>([
    [
      'an opcode',
      PRIVILEGED,
      'case X86EMUL_OPC(0x0f, 0x31):',
      '',
      'no opcode 0f31 in the whitelist in Xen 4.22.0',
    ],
    ['an event', TRAPS, 'case X86_EXC_BR:', '', 'no event `X86_EXC_BR` in Xen 4.22.0'],
  ])('%s', (_what, path, from, to, actual) => {
    expect(extractWith(path, from, to).problems).toContainEqual(
      expect.objectContaining({ kind: 'construct-missing', severity: 'error', actual }),
    );
  });

  it('evidence', () => {
    expect(extractWith(PRIVILEGED, 'new_guest_cr3', 'wheel').problems).toMatchObject([
      { kind: 'evidence-gone', place: { path: PRIVILEGED } },
    ]);
  });
});

it('tells of a whitelist that it does not understand', () => {
  const { problems } = extractWith(PRIVILEGED, '(modrm_rm & 7) != 1', 'wheels(modrm_rm)');
  expect(problems).toContainEqual(
    expect.objectContaining({ kind: 'construct-unread', severity: 'error' }),
  );
});

it('takes the cells of hypercalls and ports from their own kinds', () => {
  const { facts } = pvInstruction.extract(whole);
  const iret = facts.find(({ id }) => id === 'pv-instruction/hypercall-iret');
  expect(iret?.guests.pv[0]?.how).toBe('paravirtualized');
  expect(iret?.guests.hvm[0]?.how).toBe('hidden');
  const port = facts.find(({ id }) => id === 'pv-instruction/port-pit');
  expect(port?.guests['pv-dom0'][0]).toMatchObject({ how: 'mediated' });
  expect(operationOf('wheel')).toBe('what HYPERVISOR_wheel does');
});

it('tells what the shim does from what the Xen outside does', () => {
  const fact = pvInstruction.extract(whole).facts.find(({ id }) => id === 'pv-instruction/rdtsc');
  expect(fact?.guests['pv-shim'].map(({ by }) => by)).toEqual([
    'shim',
    'cpu',
    'xen',
    'shim',
    'shim',
  ]);
});

it('tells of a kind that it rests on and that yields nothing', () => {
  const { problems } = extractWith('xen/include/hypercall-defs.c', /table:/, 'wheel:');
  expect(problems).toContainEqual(
    expect.objectContaining({
      kind: 'construct-missing',
      severity: 'error',
      actual: 'no facts of the kind `hypercall` from Xen 4.22.0',
    }),
  );
});

describe.each(Array.from({ length: 10 }, (_, index) => `4.${13 + index}.0`))('in %s', (release) => {
  const entries = ENTRIES.filter((entry) => isInSpan(entry, release));

  it('one entry has each id', () => {
    expect(entries.length).toBeGreaterThan(100);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it('every entry says the cell of every guest type, and rests on something', () => {
    for (const { id, cells, places } of entries) {
      expect(Object.keys(cellsOf(cells, release)).length).toBe(GUEST_TYPES.length);
      expect([id, places.some((place) => isInSpan(place, release))]).toEqual([id, true]);
    }
  });

  it('nothing is native in the container of the shim, and what the Xen outside does is its own', () => {
    const shim = entries.flatMap(({ id, cells }) =>
      cellsOf(cells, release)['pv-shim'].map((handling) => ({ id, ...handling })),
    );
    expect(shim.filter(({ how }) => how === 'native')).toEqual([]);
    const outside = shim.filter((handling) => handling.outside);
    expect(outside.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['entry-breakpoint', 'rdtsc', 'smsw', 'vmcall', 'vmmcall']),
    );
    const features = shim.flatMap(({ when }) => when?.feature ?? []);
    expect(features.filter((word) => /fred/.test(word))).toEqual([]);
    for (const { by } of outside) expect(by).toBe('xen');
  });

  it('32-bit guests need a build option where there is one', () => {
    const options = entries.flatMap(({ cells }) =>
      cellsOf(cells, release).pv.flatMap(({ when }) => when?.kconfig ?? []),
    );
    expect(options.includes('CONFIG_PV32')).toBe(release !== '4.13.0');
  });
});

it.each(Object.values(pvInstruction.constructs))(
  'misses $id by name when it is gone',
  (construct) => {
    const names = construct.candidates.map(({ name }) => name);
    const gone = (text: string) =>
      names.reduce((all, name) => all.replaceAll(name, 'WHEEL_'), text);
    const texts = new Map([...whole.texts].map(([path, text]) => [path, gone(text)]));
    const { facts, problems } = pvInstruction.extract(whole.withTexts(texts));
    expect(facts).toEqual([]);
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'construct-missing',
        severity: 'error',
        actual: expect.stringContaining(`\`${construct.id}\``),
      }),
    );
  },
);
