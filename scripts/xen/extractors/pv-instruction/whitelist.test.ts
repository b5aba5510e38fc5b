import { expect, it } from 'vitest';
import { CFile } from '../../c-file.ts';
import { readWhitelist } from './whitelist.ts';

function read(body: string) {
  const text = `static int validate(struct x86_emulate_ctxt *ctxt)\n{\n${body}\n    return NO;\n}\n`;
  const { listed, unread } = readWhitelist(new CFile('wheel.c', text));
  return { opcodes: listed.map(({ opcode }) => opcode), unread };
}

it('reads single opcodes, ranges and escaped ones', () => {
  const body = `    switch ( ctxt->opcode )
    {
    case 0x6c ... 0x6e:
    case 0xfa: case 0xfb: /* and some words */
    case X86EMUL_OPC(0x0f, 0x06):
    case X86EMUL_OPC(0x0f, 0x20) ...
         X86EMUL_OPC(0x0f, 0x22):
        return OKAY;
    }`;
  expect(read(body)).toEqual({
    opcodes: ['6c', '6d', '6e', 'fa', 'fb', '0f06', '0f20', '0f21', '0f22'],
    unread: [],
  });
});

it('takes a group for its members, which ModRM tells apart', () => {
  const body = `    switch ( ctxt->opcode )
    {
    case X86EMUL_OPC(0x0f, 0x01):
        if ( (modrm_rm & 7) != 1 )
            break;
        switch ( modrm_reg & 7 )
        {
        case 2:
        case 7:
            return OKAY;
        }
        break;
    }`;
  expect(read(body)).toEqual({ opcodes: ['0f01d1', '0f01f9'], unread: [] });
});

it.each([
  ['a label that is no opcode', '    switch ( ctxt->opcode ) { case WHEEL: return OKAY; }', 3],
  ['another subject', '    switch ( ctxt->spokes ) { case 0x6c: return OKAY; }', 3],
  [
    'a group without the low bits of ModRM',
    '    switch ( ctxt->opcode ) {\n    case X86EMUL_OPC(0x0f, 0x01):\n        switch ( modrm_reg & 7 ) { case 2: return OKAY; } }',
    5,
  ],
])('says the line of %s', (_what, body, line) => {
  expect(read(body)).toEqual({ opcodes: [], unread: [line] });
});

it('finds nothing where the function is not', () => {
  expect(readWhitelist(new CFile('wheel.c', 'int turn(void)\n{\n    return 1;\n}\n'))).toEqual({
    listed: [],
    unread: [],
  });
});
