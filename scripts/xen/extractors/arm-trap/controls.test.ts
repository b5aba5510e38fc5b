import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { listBits, readHidden, readSettings } from './controls.ts';

const PATH = 'xen/arch/arm/oak.c';

const corpus = await corpusOf({
  [PATH]: `register_t get_default_hcr_flags(void)
{
    /* HCR_DC */
    return HCR_TWI | HCR_BSU_INNER;
}

void init_traps(void)
{
    WRITE_SYSREG(HDCR_TDA | HDCR_TPM,
                 MDCR_EL2);
    WRITE_SYSREG(HCR_AMO, HCR_EL2);
    WRITE_SYSREG((HCPTR_CP_MASK & ~HCPTR_CP(10)) | HCPTR_TTA, CPTR_EL2);
}

void grow(struct vcpu *v)
{
    if ( !(v->arch.hcr_el2 & HCR_TVM) )
        vcpu_hcr_set_flags(v, HCR_TVM);
    v->arch.hcr_el2 |= HCR_RW;
    v->arch.mdcr_el2 = HDCR_TDRA | HDCR_TDOSA;
    v->arch.cptr_el2 &= ~HCPTR_TAM;
    if ( v->arch.hcr_el2 == HCR_TGE )
        return;
}
`,
});

describe('readSettings', () => {
  it('finds what is set for a guest, and by which function', () => {
    expect(readSettings(corpus).map(({ bit, symbol }) => `${symbol} ${bit}`)).toEqual([
      'get_default_hcr_flags HCR_TWI',
      'get_default_hcr_flags HCR_BSU_INNER',
      'init_traps HDCR_TDA',
      'init_traps HDCR_TPM',
      'init_traps HCPTR_CP',
      'init_traps HCPTR_TTA',
      'grow HCR_TVM',
      'grow HCR_RW',
      'grow HDCR_TDRA',
      'grow HDCR_TDOSA',
    ]);
  });
});

describe('listBits', () => {
  it('leaves out masks, values of a field and other registers', () => {
    const text =
      '#define HCR_TVM bit(1)\n#define HCR_BSU_MASK 3\n#define HSTR_T(x) bit(x)\n#define SCTLR_M 1\n';
    expect(listBits({ text })).toEqual(['HCR_TVM', 'HSTR_T']);
  });
});

describe('readHidden', () => {
  it('reads fields and words that are cleared', () => {
    const text =
      '    domain_cpuinfo = host;\n    domain_cpuinfo.pfr64.oak = 0;\n    domain_cpuinfo.zfr64.bits[0] = 0;\n';
    expect(readHidden(text)).toEqual([
      { word: 'pfr64', field: 'oak', line: 2, structure: 'domain_cpuinfo' },
      { word: 'zfr64', field: 'bits', line: 3, structure: 'domain_cpuinfo' },
    ]);
  });
});
