import { expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { makefileOptions, optionOf } from './makefile-options.ts';

it('reads the option of a folder or an object', () => {
  const makefile = 'obj-$(CONFIG_WHEELS) += wheels/ axle.o\nobj-y += frame.o\n';
  expect(optionOf(makefile, 'wheels/')).toBe('CONFIG_WHEELS');
  expect(optionOf(makefile, 'axle.o')).toBe('CONFIG_WHEELS');
  expect(optionOf(makefile, 'frame.o')).toBeNull();
  expect(optionOf(makefile, 'bell.o')).toBeNull();
});

it('reads the option of a folder that is a subdir', () => {
  const makefile = 'subdir-$(CONFIG_WHEELS) += wheels\nsubdir-y += frame\n';
  expect(optionOf(makefile, 'wheels/')).toBe('CONFIG_WHEELS');
  expect(optionOf(makefile, 'frame/')).toBeNull();
});

it('collects the options on the way to a file, outermost first', async () => {
  const corpus = await corpusOf({
    'xen/arch/x86/Makefile': 'obj-$(CONFIG_HVM) += hvm/\n',
    'xen/arch/x86/hvm/Makefile': 'obj-$(CONFIG_INTEL_VMX) += vmx/\n',
    'xen/arch/x86/hvm/vmx/Makefile': 'obj-y += vmx.o\n',
  });
  expect(makefileOptions(corpus, 'xen/arch/x86/hvm/vmx/vmx.c')).toEqual([
    'CONFIG_HVM',
    'CONFIG_INTEL_VMX',
  ]);
  expect(makefileOptions(corpus, 'xen/arch/x86/msr.c')).toEqual([]);
});
