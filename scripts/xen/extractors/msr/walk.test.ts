import { expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import type { Environment } from '../../expression.ts';
import type { Asked } from './asked.ts';
import { conditionOf } from './condition.ts';
import { conditionals } from './outcome.ts';
import type { Meaning } from './path.ts';
import { readProgram } from './program.ts';
import { walkPaths } from './walk.ts';

const NUMBERS: Readonly<Record<string, bigint>> = { MSR_ONE: 1n, MSR_TWO: 2n, MSR_SIX: 6n };
const environment: Environment = { name: (name) => NUMBERS[name] };
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'has(a)': { yes: ['cpuid:a'], no: ['!cpuid:a'] },
  'has(b)': { yes: ['cpuid:b'], no: ['!cpuid:b'] },
  'bad(val)': { yes: ['value'], no: ['!value'] },
};

const ASKED: Readonly<Record<string, Asked>> = {
  vmce_rdmsr: { refuses: { yes: ['cpuid:a'], no: ['!cpuid:a'] } },
  ask_other: { refuses: null },
};

/** The handlings of an access, as `how effect (condition)`, and what was not understood. */
async function handlings(body: string, index: number, access: 'read' | 'write' = 'read') {
  const text = `static int handle(int msr, u64 *val)\n{\n${body}\n}\n`;
  const other = 'static int inner(int msr, u64 *val)\n{\n    return X86EMUL_UNHANDLEABLE;\n}\n';
  const corpus = await corpusOf({ 'x.c': text + other });
  const file = corpus.file('x.c');
  if (file === undefined) throw new Error('The text is no C file');
  const program = (name: string) => readProgram(corpus.reader, file, name);
  const start = program('handle');
  if (start === null) throw new Error('The text has no such function');
  const unknown: string[] = [];
  const paths = walkPaths(start, {
    index,
    environment,
    inline: (callee) => (callee === 'inner' ? program('inner') : null),
    judge: (condition) => MEANINGS[condition] ?? null,
    answers: () => false,
    option: () => null,
    delegate: () => null,
    asked: (callee) => ASKED[callee] ?? null,
    unknown: (_program, line, condition) => unknown.push(`${line} ${condition}`),
  });
  const found = conditionals(paths, access).map(
    ({ outcome, tokens }) =>
      `${outcome.how} ${outcome.effect ?? '-'} ${JSON.stringify(conditionOf(tokens) ?? {})}`,
  );
  return { found: found.sort(), unknown };
}

const SWITCH = (cases: string) => `
    switch ( msr )
    {
${cases}
    default:
        return X86EMUL_EXCEPTION;
    }
    return X86EMUL_OKAY;

 fault:
    return X86EMUL_EXCEPTION;`;

it('takes the case of the number, by name and by range', async () => {
  const body = SWITCH(`
    case MSR_ONE:
        *val = 0;
        break;
    case MSR_TWO ... MSR_SIX:
        *val = kept();
        break;`);
  expect((await handlings(body, 1)).found).toEqual(['refused zero {}']);
  expect((await handlings(body, 5)).found).toEqual(['emulated - {}']);
  expect((await handlings(body, 7)).found).toEqual(['refused #GP {}']);
});

it('falls through, jumps to a label inside a branch, and goes on behind it', async () => {
  const body = SWITCH(`
    case MSR_ONE:
        goto shared;
    case MSR_TWO:
        if ( has(a) )
        {
    shared:
            *val = rdmsr_of_host(msr);
            break;
        }
    case MSR_SIX:
        goto fault;`);
  expect((await handlings(body, 1)).found).toEqual(['emulated - {}']);
  expect((await handlings(body, 2)).found).toEqual([
    'emulated - {"cpuid":["a"]}',
    'refused #GP {"cpuid":["!a"]}',
  ]);
});

it('tells one of two features apart from neither', async () => {
  const body = SWITCH(`
    case MSR_ONE:
        if ( !has(a) && !has(b) )
            goto fault;
        *val = kept();
        break;`);
  expect((await handlings(body, 1)).found).toEqual([
    'emulated - {"cpuid":["a"]}',
    'emulated - {"cpuid":["b"]}',
    'refused #GP {"cpuid":["!a","!b"]}',
  ]);
});

it('keeps the condition of a bad value for the refusal', async () => {
  const body = SWITCH(`
    case MSR_ONE:
        if ( bad(val) )
            goto fault;
        v->kept = val;
        break;
    case MSR_TWO:
        break;`);
  expect((await handlings(body, 1, 'write')).found).toEqual([
    'emulated - {}',
    'refused #GP {"guest":["bad-msr-value"]}',
  ]);
  expect((await handlings(body, 2, 'write')).found).toEqual(['refused ignored {}']);
});

it('goes on where an inner function leaves the MSR to it', async () => {
  const body = `
    int ret;
    if ( (ret = inner(msr, val)) != X86EMUL_UNHANDLEABLE )
        return ret;
    rdmsrl(MSR_ONE, *val);
    return X86EMUL_OKAY;`;
  expect((await handlings(body, 1)).found).toEqual(['mediated - {}']);
});

it('tells a condition that it does not know, with its line', async () => {
  const body = SWITCH(`
    case MSR_ONE:
        if ( wheels(v) )
            goto fault;
        *val = kept();
        break;`);
  expect((await handlings(body, 1)).unknown).toEqual(['8 wheels(v)']);
});

it('takes a case under a build option both ways, and says which build it is', async () => {
  const body = SWITCH(`
#ifdef CONFIG_WHEELS
    case MSR_ONE:
        *val = kept();
        break;
#endif`);
  expect((await handlings(body, 1)).found).toEqual([
    'emulated - {"kconfig":["CONFIG_WHEELS"]}',
    'refused #GP {"kconfig":["!CONFIG_WHEELS"]}',
  ]);
});

it('says of a setting that is not made only that the MSR is not implemented', () => {
  expect(conditionOf(new Set(['!xl:mca_caps=lmce']))).toEqual({ guest: ['msr-not-implemented'] });
  expect(conditionOf(new Set(['xl:viridian', 'xl:viridian=synic']))).toEqual({
    xl: { viridian: 'synic' },
  });
});

it('parts the ways of an answer that a condition chooses', async () => {
  const body = SWITCH(`
    case MSR_ONE:
        *val = has(a) ? kept() : rdtsc();
        break;`);
  expect((await handlings(body, 1)).found).toEqual([
    'emulated - {"cpuid":["a"]}',
    'mediated - {"cpuid":["!a"]}',
  ]);
});

it('takes the number of a function that is asked in passing', async () => {
  const asking = (callee: string) => `
    int rc;
    rc = ${callee}(msr, val);
    if ( rc < 0 )
        return X86EMUL_EXCEPTION;
    if ( rc )
        return X86EMUL_OKAY;
    rdmsrl(MSR_ONE, *val);
    return X86EMUL_OKAY;`;
  expect(await handlings(asking('vmce_rdmsr'), 1)).toEqual({
    found: ['emulated - {"cpuid":["!a"]}', 'refused #GP {"cpuid":["a"]}'],
    unknown: [],
  });
  expect((await handlings(asking('ask_other'), 1)).found).toEqual(['mediated - {}']);
  expect((await handlings(asking('ask_wheels'), 1)).unknown).toEqual(['6 rc < 0', '8 rc']);
});

it('goes by a result that depends on such a number', async () => {
  const asking = (callee: string) => `
    int ret;
    if ( (ret = ${callee}(msr, val)) < 0 )
        return X86EMUL_EXCEPTION;
    ret = ((ret == 0) ? inner(msr, val) : X86EMUL_OKAY);
    return ret;`;
  expect((await handlings(asking('vmce_rdmsr'), 1)).found).toEqual([
    'emulated - {"cpuid":["!a"]}',
    'refused #GP {"cpuid":["a"]}',
  ]);
  expect((await handlings(asking('ask_other'), 1)).found).toEqual(['refused #GP {}']);
});

it('says for how many bits an MSR is', () => {
  expect(conditionOf(new Set(['bits:32']))).toEqual({ bits: 32 });
  expect(conditionOf(new Set(['!bits:32']))).toEqual({ bits: 64 });
});
