import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { locate } from '../../construct.ts';
import { readDispatch } from './dispatch.ts';
import { expandCases } from './expand.ts';

const PATH = 'xen/arch/arm/oak.c';
const SOURCE = `#define LEAF(reg, size)          \\
    case HSR_OAK##size(reg):     \\
    {                            \\
        grow_##reg(regs);        \\
        break;                   \\
    }

#define ROOTS(REG) case HSR_##REG##n(0): \\
                   case HSR_##REG##n(1)

void do_oak(struct cpu_user_regs *regs)
{
    /* LEAF(GONE, 32) */
    switch ( hsr.bits & OAK_MASK )
    {
    case HSR_ACORN:
    case HSR_BARK:
        if ( read )
            take(regs);
        break;
    LEAF(TWIG, 32)
#ifdef CONFIG_ROOTS
    ROOTS(TAP):
        goto fail;
#endif
    case HSR_OAK64(p15,0,c1) ... HSR_OAK64(p15,0,c2):
        return rot(regs);
    default:
        goto fail;
    }

    after(regs);
    return;

 fail:
    fell(regs);
}

void do_elm(struct cpu_user_regs *regs)
{
    fell(regs);
}
`;

const corpus = await corpusOf({ [PATH]: SOURCE });

function found(name: string) {
  const candidates = [{ in: PATH, kind: 'function', name }] as const;
  const result = locate(corpus, { id: 'arm-trap/test', what: 'a test', minimum: 1, candidates });
  if (!('found' in result)) throw new Error(name);
  return result.found;
}

describe('readDispatch', () => {
  const dispatch = readDispatch(corpus, found('do_oak'), /OAK_MASK/);
  const entries = dispatch?.entries ?? [];
  const entry = (label: string) => entries.find((one) => one.label === label);

  it('reads every label, those that macros stand for among them, and the rest last', () => {
    expect(entries.map(({ label }) => label)).toEqual([
      'HSR_ACORN',
      'HSR_BARK',
      'HSR_OAK32(TWIG)',
      'HSR_TAPn(0)',
      'HSR_TAPn(1)',
      'HSR_OAK64(p15,0,c1)',
      'default',
    ]);
    expect(entry('HSR_OAK64(p15,0,c1)')?.last).toBe('HSR_OAK64(p15,0,c2)');
  });

  it('says what a case can call, up to the end of the function', () => {
    expect([...(entry('HSR_ACORN')?.calls ?? [])].sort()).toEqual(['after', 'take']);
    expect([...(entry('HSR_OAK32(TWIG)')?.calls ?? [])].sort()).toEqual(['after', 'grow_TWIG']);
    expect([...(entry('HSR_TAPn(1)')?.calls ?? [])]).toEqual(['fell']);
    expect([...(entry('default')?.calls ?? [])]).toEqual(['fell']);
  });

  it('keeps lines and build options', () => {
    const line = (text: string) => SOURCE.split('\n').findIndex((one) => one.includes(text)) + 1;
    expect(entry('HSR_OAK32(TWIG)')?.line).toBe(line('    LEAF(TWIG'));
    expect(entry('HSR_TAPn(1)')).toMatchObject({
      line: line('ROOTS(TAP)'),
      kconfig: ['CONFIG_ROOTS'],
    });
  });

  it('takes a function without a switch as a whole, and misses a switch that is not there', () => {
    const whole = readDispatch(corpus, found('do_elm'), null);
    expect(whole?.entries.map(({ label }) => label)).toEqual(['default']);
    expect(readDispatch(corpus, found('do_elm'), /OAK_MASK/)).toBeNull();
    expect(readDispatch(corpus, found('do_oak'), /ELM_MASK/)).toBeNull();
  });
});

describe('expandCases', () => {
  it('blanks comments and definitions, and keeps the lines', () => {
    const file = corpus.file(PATH);
    if (file === undefined) throw new Error('no file');
    const text = expandCases(file, file.macros);
    expect(text).not.toContain('LEAF');
    expect(text).not.toContain('#define');
    expect(text.split('\n')).toHaveLength(SOURCE.split('\n').length);
  });
});
