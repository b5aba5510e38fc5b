import { expect, it } from 'vitest';
import { isInSpan } from '../../../../src/model/release.ts';
import { INSTRUCTIONS } from './instructions/index.ts';
import { readWanted } from './lookup.ts';
import { opcodeName, opcodeOf } from './opcodes.ts';

it('takes the number of an opcode apart, and names it', () => {
  const opcode = opcodeOf((0x0f38 << 16) | 0x1000 | 0x100 | 0xe0);
  expect(opcode).toEqual({ map: 'VEX/0f38', prefix: '66', byte: 0xe0 });
  expect(opcode === null ? '' : opcodeName(opcode)).toBe('VEX/0f38.66 e0');
  expect(opcodeOf((0x8f0a << 16) | 0x10)).toMatchObject({ map: 'XOP/8f0a', prefix: 'none' });
  expect(opcodeOf(0x1234 << 16)).toBeNull();
});

it('reads opcodes as the tables of instructions write them', () => {
  expect(readWanted('VEX/0f38.66 e0-ef')).toHaveLength(16);
  expect(readWanted('legacy/0f 01 e8.F3')).toEqual([
    {
      opcode: { map: 'legacy/0f', prefix: 'none', byte: 1 },
      register: null,
      modrm: 0xe8,
      inner: 'F3',
    },
  ]);
  expect(readWanted('legacy/0f ae /4')).toMatchObject([{ register: 4, modrm: null }]);
  expect(readWanted('oak/0f ae')).toBeNull();
  expect(readWanted('legacy/0f')).toBeNull();
});

it.each(['4.13.0', '4.14.0', '4.22.0'])('has no instruction twice in %s', (release) => {
  const ids = INSTRUCTIONS.filter((entry) => isInSpan(entry, release)).map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it('has every opcode in its shape', () => {
  const wrong = INSTRUCTIONS.flatMap(({ opcodes }) => opcodes).filter(
    (opcode) => readWanted(opcode) === null,
  );
  expect(wrong).toEqual([]);
});
