/** The made-up tree with one change about the callers of the emulator at a time. */
import { beforeAll, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import type { Corpus } from '../../corpus.ts';
import { emulatorCaller } from './index.ts';

const VMX = 'xen/arch/x86/hvm/vmx/vmx.c';
const SVM = 'xen/arch/x86/hvm/svm/svm.c';
const HVM = 'xen/arch/x86/hvm/hvm.c';
const SHADOW = 'xen/arch/x86/mm/shadow/multi.c';
const READ_ONLY = 'xen/arch/x86/pv/ro-page-fault.c';

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function extractWith(path: string, from: string | RegExp, to: string) {
  const text = whole.texts.get(path) ?? '';
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return emulatorCaller.extract(whole.withTexts(new Map(whole.texts).set(path, changed)));
}

it.each<[string, string, string, string, string]>([
  [
    'a caller that no table lists',
    VMX,
    'static void ept_',
    'void wheel(void)\n{\n    handle_mmio();\n}\n\nstatic void ept_',
    'call 1 of `handle_mmio` in `wheel`',
  ],
  [
    'a caller with another name',
    HVM,
    'hvm_ud_intercept',
    'hvm_wheel',
    'call 1 of `hvm_emulate_one` in `hvm_wheel`',
  ],
  [
    'one more call',
    HVM,
    'return handle_mmio();',
    'return handle_mmio() || handle_mmio();',
    'call 2 of `handle_mmio` in `hvm_hap_nested_page_fault`',
  ],
  [
    'another filter',
    SVM,
    'x86_insn_is_cr_access',
    'is_wheel',
    'of `hvm_emulate_one_insn` in `svm_vmexit_handler`',
  ],
  [
    'other operations',
    READ_ONLY,
    '&mmcfg_intercept_ops',
    '&wheel_ops',
    'call 1 of `x86_emulate` in `mmio_ro_do_page_fault`',
  ],
  [
    'a new member of the family',
    HVM,
    'int hvm_hap_',
    'void turn(void)\n{\n    hvm_emulate_one_wheel();\n}\n\nint hvm_hap_',
    'call 1 of `hvm_emulate_one_wheel` in `turn`',
  ],
])('tells of %s', (_what, path, from, to, actual) => {
  expect(extractWith(path, from, to).problems).toContainEqual(
    expect.objectContaining({
      kind: 'construct-unknown',
      severity: 'error',
      actual: expect.stringContaining(actual),
      repair: expect.stringContaining('sites/'),
    }),
  );
});

it('tells of evidence that is gone, and of calls that are gone', () => {
  const changed = extractWith(SHADOW, 'shadow_continue_emulation', 'shadow_wheel');
  expect(changed.problems).toMatchObject([{ kind: 'evidence-gone', place: { path: SHADOW } }]);
  const without = new Map(
    [...whole.texts].map(([path, text]) => [path, text.replaceAll('x86_decode_insn', 'decode')]),
  );
  expect(emulatorCaller.extract(whole.withTexts(without))).toMatchObject({
    facts: [],
    problems: [
      { kind: 'construct-missing', actual: expect.stringContaining('emulator-caller/decode') },
    ],
  });
});

it('gives the filter of the call, of `handle_mmio()`, or none', () => {
  const { facts } = emulatorCaller.extract(whole);
  const filters = new Map(facts.map(({ id, attributes }) => [id, attributes.filter]));
  expect(filters.get('emulator-caller/svm-invlpg')).toBe('is_invlpg');
  expect(filters.get('emulator-caller/hvm-nested-fault')).toBe('is_memory');
  expect(filters.get('emulator-caller/hvm-forced')).toBeNull();
});

it.each(Object.values(emulatorCaller.constructs))(
  'misses $id by name when it is gone',
  (construct) => {
    const names = construct.candidates.map((candidate) => candidate.name);
    const gone = (text: string) =>
      names.reduce((all, name) => all.replaceAll(name, 'WHEEL_'), text);
    const texts = new Map([...whole.texts].map(([path, text]) => [path, gone(text)]));
    const { facts, problems } = emulatorCaller.extract(whole.withTexts(texts));
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
