import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { applyAssignments, optionField, readAssignments, readOption } from './chosen.ts';

const TEXT = `#define XEN_X86_EMU_A 1
#define XEN_X86_EMU_B 2
#define XEN_X86_EMU_ALL 3
void choose(struct config *config)
{
    switch ( config->type )
    {
    case TYPE_ONE:
        config->arch.emulation_flags = XEN_X86_EMU_ALL;
        if ( !libxl_defbool_val(config->b_info.u.wheel) )
            config->arch.emulation_flags &= ~XEN_X86_EMU_B;
        break;
    case TYPE_TWO:
        config->arch.emulation_flags = 0;
        break;
    }
    config->arch.emulation_flags |= config->more;
    config->other_emulation_flags = XEN_X86_EMU_A;
}
`;

async function read() {
  const corpus = await corpusOf({ 'tools/a.c': TEXT });
  const file = corpus.file('tools/a.c');
  if (file === undefined) throw new Error('no file');
  const flags = macroEnvironment(file.macros);
  return readAssignments(corpus.reader, file, 'choose', 'emulation_flags', flags);
}

describe('readAssignments', () => {
  it('reads what assigns flags, with label and guards', async () => {
    expect(await read()).toEqual([
      { operator: '=', value: 3n, guards: [], label: 'TYPE_ONE', line: 9 },
      {
        operator: '&=',
        value: ~2n,
        guards: [{ text: 'libxl_defbool_val(config->b_info.u.wheel)', holds: false }],
        label: 'TYPE_ONE',
        line: 11,
      },
      { operator: '=', value: 0n, guards: [], label: 'TYPE_TWO', line: 14 },
    ]);
  });

  it('are applied in order, where their guards hold', async () => {
    const one = (await read()).filter(({ label }) => label === 'TYPE_ONE');
    expect(applyAssignments(one, ({ holds }) => holds)).toBe(3n);
    expect(applyAssignments(one, () => true)).toBe(1n);
    expect(applyAssignments([], () => true)).toBe(0n);
    const or = { operator: '|=', value: 4n, guards: [], label: null, line: 1 };
    expect(applyAssignments([...one, or], ({ holds }) => holds)).toBe(7n);
  });
});

describe('an option', () => {
  it.each([
    ['libxl_defbool_val(d_config->b_info.u.hvm.pirq)', 'u.hvm.pirq'],
    ['libxl_defbool_val(b_info->apic)', 'apic'],
    ['libxl_defbool_val(c_info.run)', null],
    ['wheels', null],
  ])('is the field of %s', (text, field) => {
    expect(optionField({ text, holds: true })).toBe(field);
  });

  it('needs a default and a key', async () => {
    const path = 'tools/libs/light/libxl_create.c';
    const defaults = 'void f(void)\n{\n    libxl_defbool_setdefault(&b_info->a.b, true);\n}\n';
    const keys = 'void g(void)\n{\n    xlu_cfg_get_defbool(config, "wheel", &b_info->a.b, 0);\n}\n';
    const corpus = await corpusOf({ [path]: defaults, 'tools/xl/xl_parse.c': keys });
    expect(readOption(corpus, path, 'a.b')).toEqual({
      field: 'a.b',
      enabledByDefault: true,
      key: 'wheel',
    });
    expect(readOption(corpus, path, 'a.c')).toBeNull();
    expect(readOption(await corpusOf({ [path]: defaults }), path, 'a.b')).toBeNull();
  });
});
