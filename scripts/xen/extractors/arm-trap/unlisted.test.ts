import { expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { unlistedNames } from './unlisted.ts';

const corpus = await corpusOf({
  'xen/arch/arm/include/asm/processor.h':
    '#define HSR_EC_SHIFT 26\n#define HSR_EC_OAK 1\n#define HSR_EC_ELM 2\n#define HSR_EC_ELM_CURR_EL 3\n#define HSR_EC_SVC64 4\n',
  'xen/include/public/arch-arm.h': '#define PSCI_oak 0\n#define PSCI_elm 1\n#define PSCI_FIR 2\n',
});

it('names what the header lists and no case handles', () => {
  expect(unlistedNames(corpus, 'exceptions', new Set(['HSR_EC_OAK']))).toEqual(['HSR_EC_ELM']);
  expect(unlistedNames(corpus, 'psciOld', new Set(['PSCI_elm']))).toEqual(['PSCI_oak']);
});

it('names nothing without a header', () => {
  expect(unlistedNames(corpus, 'sysreg', new Set())).toEqual([]);
  expect(unlistedNames(corpus, 'ffa', new Set())).toEqual([]);
});
