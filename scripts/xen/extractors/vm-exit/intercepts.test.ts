import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { namedGuard, readAssignments } from './assignments.ts';
import {
  bitOf,
  type Change,
  changesOfBit,
  changesOfControl,
  functionsNaming,
  functionsTrapping,
  interceptAfter,
} from './intercepts.ts';

const SVM = 'xen/arch/x86/hvm/svm/vmcb.c';
const VMX = 'xen/arch/x86/hvm/vmx/vmcs.c';

const TEXTS = {
  [SVM]: `static int construct_vmcb(struct vcpu *v)
{
    vmcb->_general1_intercepts = A | B;
    if ( v->map == NULL )
        return -1;
    if ( paging_mode_hap(v->domain) )
        vmcb->_general1_intercepts &= ~B;
    vmcb->_exception_intercepts = v->arch.eager ? 0 : (1u << 7);
}
`,
  [VMX]: `static int config(void)
{
    min = (C | D);
    if ( caps.second & SECOND )
        opt |= E;
    caps.cpu &= ~D;
}

static void toggle(struct vcpu *v)
{
    v->control |= D;
}

static void vmcs_dump_vcpu(struct vcpu *v)
{
    show(D);
}
`,
};

const NAMES = { name: (name: string) => ({ A: 1n, B: 2n })[name] };

describe('the intercepts of SVM', () => {
  it.each([
    [-1, null],
    [3, ['_cr_intercepts', 8n]],
    [96, ['_general1_intercepts', 1n]],
    [165, ['_general3_intercepts', 32n]],
    [1024, null],
  ])('code %i has its bit', (code, bit) => {
    const found = bitOf({ vendor: 'svm', name: 'X', code });
    expect(found === null ? null : [found.field, found.bit]).toEqual(bit);
  });

  it('are followed through the construction, early failures apart', async () => {
    const corpus = await corpusOf(TEXTS);
    const file = corpus.file(SVM);
    const assignments =
      file === undefined ? [] : readAssignments(corpus.reader, file, 'construct_vmcb');
    const changes = (field: string, bit: bigint) =>
      changesOfBit({ field, bit }, 'f', assignments, NAMES).map(({ does, guards }) => [
        does,
        ...guards,
      ]);
    expect(changes('_general1_intercepts', 1n)).toEqual([['sets']]);
    expect(changes('_general1_intercepts', 2n)).toEqual([['sets'], ['clears', 'paging_mode_hap']]);
    expect(changes('_exception_intercepts', 1n << 7n)).toEqual([['sets', '!eager']]);
    expect(changes('_exception_intercepts', 1n)).toEqual([]);
  });
});

describe('the controls of VMX', () => {
  it('are required, taken where offered, set and cleared', async () => {
    const corpus = await corpusOf(TEXTS);
    const file = corpus.file(VMX);
    const assignments = file === undefined ? [] : readAssignments(corpus.reader, file, 'config');
    const changes = (control: string) =>
      changesOfControl(control, 'config', assignments).map(({ does, guards }) => [does, ...guards]);
    expect(changes('C')).toEqual([['requires']]);
    expect(changes('D')).toEqual([['requires'], ['clears']]);
    expect(changes('E')).toEqual([['takes', 'SECOND']]);
  });

  it('name the functions that change them later', async () => {
    expect(functionsNaming(await corpusOf(TEXTS), ['D'], ['config'])).toEqual(['toggle']);
  });
});

it.each<[readonly Omit<Change, 'symbol'>[], string]>([
  [[], 'never'],
  [[{ does: 'requires', guards: [] }], 'always'],
  [[{ does: 'takes', guards: [] }], 'conditional'],
  [
    [
      { does: 'sets', guards: [] },
      { does: 'clears', guards: ['paging_mode_hap'] },
    ],
    'conditional',
  ],
  [
    [
      { does: 'takes', guards: ['x'] },
      { does: 'clears', guards: [] },
    ],
    'never',
  ],
])('%j come to %s', (changes, intercept) => {
  expect(interceptAfter(changes.map((change) => ({ ...change, symbol: 'f' })))).toBe(intercept);
});

it.each([
  ['v->domain->arch.vtsc', true, 'vtsc'],
  ['paging_mode_hap(v->domain)', false, '!paging_mode_hap'],
  ['caps.second & SECOND', true, 'SECOND'],
  ['a == 0', true, 'depends on a'],
  ['!(caps.ept & WB) || !(caps.ept & WALK)', true, 'depends on WB, WALK'],
])('names the guard `%s`', (text, holds, name) => {
  expect(namedGuard({ text, holds })).toBe(name);
});

it.each(['X86_EXC_BP', 'TRAP_int3'])('finds who turns the intercept of %s on', async (vector) => {
  const corpus = await corpusOf({
    'xen/arch/x86/hvm/svm/svm.c': `static void watch(struct vcpu *v)
{
    vmcb_set_exception_intercepts(v->vmcb, bits | (1U << ${vector}));
}
`,
  });
  const trapping = (name: string) => functionsTrapping(corpus, { vendor: 'svm', name, code: 0 });
  expect(trapping('VMEXIT_EXCEPTION_BP')).toEqual(['watch']);
  expect(trapping('VMEXIT_EXCEPTION_DE')).toEqual([]);
});
