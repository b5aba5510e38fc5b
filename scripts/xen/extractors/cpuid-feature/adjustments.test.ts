import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readAdjustments } from './adjustments.ts';

async function read(body: string, symbol = 'guest_cpuid') {
  const corpus = await corpusOf({ 'xen/a.c': `void ${symbol}(void)\n{\n    ${body}\n}\n` });
  const file = corpus.file('xen/a.c');
  if (file === undefined) throw new Error('no file');
  return readAdjustments(corpus.reader, file, new Set(['APIC', 'HLE']));
}

describe('readAdjustments', () => {
  it.each([
    ['__set_bit(X86_FEATURE_APIC, fs);', 'set', []],
    ['clear_bit(X86_FEATURE_HLE, fs);', 'clear', []],
    ['res->d |= cpufeat_bit(X86_FEATURE_APIC);', 'set', []],
    ['res->d |= host & cpufeat_mask(X86_FEATURE_APIC);', 'copy', []],
    ['res->d &= ~cpufeat_bit(X86_FEATURE_APIC);', 'clear', []],
    ['p->feat.hle = false;', 'clear', []],
    ['p->basic.apic = 1;', 'set', []],
    ['p->basic.apic = cpu_has_apic;', 'copy', []],
    [
      'if ( cpu_has_hle && !opt_quiet ) __set_bit(X86_FEATURE_HLE, fs);',
      'set',
      ['cpu_has_hle', '!opt_quiet'],
    ],
    ['if ( !test(v) ) return; __set_bit(X86_FEATURE_HLE, fs);', 'set', ['test']],
    ['if ( !max ) return; if ( virt_ctrl ) __set_bit(X86_FEATURE_HLE, fs);', 'set', ['virt_ctrl']],
    [
      'if ( !host_cpu_policy.feat.hle ) __clear_bit(X86_FEATURE_HLE, fs);',
      'clear',
      ['!host_cpu_policy.feat.hle'],
    ],
    [
      'switch ( vendor ) { case X86_VENDOR_AMD: one(); break; case X86_VENDOR_INTEL: two(); if ( quirk ) __set_bit(X86_FEATURE_HLE, fs); break; }',
      'set',
      ['X86_VENDOR_INTEL', 'quirk'],
    ],
  ])('%s', async (body, action, gates) => {
    const { adjustments, unknown } = await read(body);
    expect(unknown).toEqual([]);
    expect(adjustments).toMatchObject([
      {
        path: 'xen/a.c',
        symbol: 'guest_cpuid',
        line: 3,
        action,
        gates,
        guests: 'all',
        stage: 'run-time',
      },
    ]);
  });

  it.each([
    'if ( test_bit(X86_FEATURE_APIC, fs) ) turn();',
    'res->d &= cpufeat_bit(X86_FEATURE_APIC);',
    'x = X86_FEATURE_APIC;',
    '__set_bit(X86_FEATURE_WHEEL, fs);',
    'p->feat.wheel = true;',
    'p->feat.hle = other;',
  ])('has none of %s', async (body) => {
    expect(await read(body)).toEqual({ adjustments: [], unknown: [] });
  });

  it('takes the special features of a word together', async () => {
    const text =
      'void guest_cpuid(void)\n{\n    fs[FEATURESET_7b0] &= ~special_features[FEATURESET_7b0];\n    fs[FEATURESET_7b0] |= (host.feat._7b0 & special_features[FEATURESET_7b0]);\n}\n';
    const corpus = await corpusOf({ 'xen/a.c': text });
    const file = corpus.file('xen/a.c');
    if (file === undefined) throw new Error('no file');
    const special = new Map([['FEATURESET_7b0', ['APIC', 'HLE']]]);
    const read = readAdjustments(corpus.reader, file, new Set(['APIC', 'HLE']), special);
    expect(read.adjustments.map(({ name, line, action }) => [name, line, action])).toEqual([
      ['APIC', 3, 'clear'],
      ['HLE', 3, 'clear'],
      ['APIC', 4, 'copy'],
      ['HLE', 4, 'copy'],
    ]);
  });

  it('asks about a function that is not known, and not about the host’s', async () => {
    const body = '__set_bit(X86_FEATURE_APIC, fs); __set_bit(X86_FEATURE_HLE, fs);';
    expect((await read(body, 'wheel_policy')).unknown).toEqual([
      { symbol: 'wheel_policy', line: 3 },
    ]);
    expect(await read(body, 'calculate_host_policy')).toEqual({ adjustments: [], unknown: [] });
  });
});
