import { expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { needing, readNeeds } from './build-options.ts';
import { conditionOf } from './condition.ts';

const HEADER = 'xen/arch/x86/include/asm/hvm/hvm.h';

it('adds the option that a condition rests on, where the tree has it', async () => {
  const corpus = await corpusOf({
    [HEADER]: '#define is_viridian_domain(d) IS_ENABLED(CONFIG_VIRIDIAN)\n',
  });
  const needs = readNeeds(corpus);
  expect(conditionOf(needing(new Set(['xl:viridian=synic']), needs))).toEqual({
    xl: { viridian: 'synic' },
    kconfig: ['CONFIG_VIRIDIAN'],
  });
  expect(conditionOf(needing(new Set(['guest:introspection']), needs))).toEqual({
    guest: ['introspection'],
  });
});

it('adds none for the absence of what needs it', async () => {
  const needs = [{ option: 'CONFIG_VIRIDIAN', tokens: /^xl:viridian\b/ }];
  expect(conditionOf(needing(new Set(['!xl:viridian']), needs))).toEqual({ xl: { viridian: 0 } });
});

it('says of a setting that is not made only that the MSR is not implemented', () => {
  expect(conditionOf(new Set(['!xl:mca_caps=lmce']))).toEqual({ guest: ['msr-not-implemented'] });
});
