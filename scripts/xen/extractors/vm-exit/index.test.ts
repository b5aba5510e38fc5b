/** The made-up tree with one change about VM exits at a time. */
import { beforeAll, describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import type { Corpus } from '../../corpus.ts';
import { vmExit } from './index.ts';

const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const VMX_CODES = 'xen/arch/x86/include/asm/hvm/vmx/vmx.h';
const SVM = 'xen/arch/x86/hvm/svm/svm.c';
const VMCB = 'xen/arch/x86/hvm/svm/vmcb.c';

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function extractWith(path: string, from: string | RegExp, to: string) {
  const text = whole.texts.get(path) ?? '';
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return vmExit.extract(whole.withTexts(new Map(whole.texts).set(path, changed)));
}

it.each<[string, string, string | RegExp, string, string, string]>([
  ['handler', VMX, 'vmx_vmexit_handler', 'vmx_exit', 'construct-missing', 'vm-exit/vmx-handler'],
  ['handler', SVM, 'svm_vmexit_handler', 'svm_exit', 'construct-missing', 'vm-exit/svm-handler'],
  ['list', VMX_CODES, /EXIT_REASON_/g, 'REASON_', 'construct-missing', 'vm-exit/vmx-codes'],
  ['set-up', VMCB, 'construct_vmcb', 'make_vmcb', 'construct-missing', 'vm-exit/svm-construct'],
  ['exit', VMX_CODES, '_SIPI ', '_WHEEL ', 'construct-unread', 'case EXIT_REASON_SIPI'],
  ['exit', VMX_CODES, '_HLT ', '_WHEEL ', 'construct-unread', 'case EXIT_REASON_HLT'],
  ['exit', VMX_CODES, /$/, '#define EXIT_REASON_WHEEL 99\n', 'construct-unknown', '_WHEEL`'],
  ['switch', SVM, 'switch ( exit_reason )', 'switch ( reason )', 'construct-unread', 'no switch'],
  ['way', SVM, 'hvm_ud_intercept(regs)', 'inject(6)', 'construct-unknown', 'no way from'],
  ['way', SVM, 'svm_invlpg_intercept(address)', 'handle_mmio()', '', ''],
  ['way', VMX, 'hvm_hlt(', 'handle_mmio_with_translation(', 'construct-unknown', 'a way ('],
  ['value', VMCB, '= ~CR_INTERCEPT_CR2_READ', '= every(CR)', 'construct-unread', '`every()`'],
])('tells of another %s in %s: %s', (_what, path, from, to, kind, actual) => {
  const { problems } = extractWith(path, from, to);
  if (kind === '') expect(problems).toEqual([]);
  else {
    expect(problems).toContainEqual(
      expect.objectContaining({ kind, severity: 'error', actual: expect.stringContaining(actual) }),
    );
  }
});

it('follows a case that is added, and one that is taken away', () => {
  const handled = (name: string, facts: ReturnType<typeof vmExit.extract>['facts']) =>
    facts.find(({ attributes }) => attributes.name === name)?.attributes;
  expect(handled('VMEXIT_INIT', vmExit.extract(whole).facts)?.handled).toBe(false);
  const added = extractWith(
    SVM,
    'case VMEXIT_INTR:',
    'case VMEXIT_INIT:\n        take_init(v);\n        break;\n    case VMEXIT_INTR:',
  );
  expect(handled('VMEXIT_INIT', added.facts)).toMatchObject({
    handled: true,
    handler: 'take_init',
  });
  const removed = extractWith(VMX, /case EXIT_REASON_HLT:[\s\S]*?break;/, '');
  expect(handled('EXIT_REASON_HLT', removed.facts)).toMatchObject({ handled: false, calls: [] });
});

describe('in real mode that runs as virtual-8086 mode', () => {
  const inRealMode = (name: string) =>
    vmExit
      .extract(whole)
      .facts.find(({ attributes }) => attributes.name === `EXIT_REASON_${name}`)
      ?.guests.hvm.filter(({ when }) => when?.guest?.includes('real-mode'))
      .map(({ how, effect }) => effect ?? how);

  it.each([
    ['HLT', ['emulated', 'emulated']],
    ['DR_ACCESS', ['crash', 'crash']],
    ['INVD', ['ignored', 'ignored']],
    ['VMCALL', ['#UD', '#UD']],
    ['VMXON', ['#UD', '#UD']],
    ['MONITOR_INSTRUCTION', []],
    ['SIPI', []],
  ])('%s: %j', (name, hows) => {
    expect(inRealMode(name)).toEqual(hows);
  });
});

it.each(Object.values(vmExit.constructs))('misses $id by name when it is gone', (construct) => {
  const names = construct.candidates.map((candidate) => candidate.name);
  const gone = (text: string) => names.reduce((all, name) => all.replaceAll(name, 'WHEEL_'), text);
  const texts = new Map([...whole.texts].map(([path, text]) => [path, gone(text)]));
  const { facts, problems } = vmExit.extract(whole.withTexts(texts));
  expect(facts).toEqual([]);
  expect(problems).toContainEqual(
    expect.objectContaining({
      kind: 'construct-missing',
      severity: 'error',
      actual: expect.stringContaining(`\`${construct.id}\``),
    }),
  );
});
