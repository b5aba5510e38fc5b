/** The virtual machine check registers (vMCE): which MSRs are theirs, and what they refuse. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Asked } from './asked.ts';
import type { Row } from './last-branch.ts';
import type { Meaning, Token } from './path.ts';

interface Accessor {
  readonly guest: GuestType;
  readonly vendor: 'intel' | 'amd';
  readonly index: number;
  readonly access: 'read' | 'write';
}

const MCG_EXT_CTL = 0x4d0;
const BANKS = { first: 0x400, last: 0x47f } as const;

/** Who can ask for local machine checks: a parameter of HVM containers, which libxl sets for HVM domains. */
const LMCE: Partial<Readonly<Record<GuestType, Token>>> = {
  hvm: 'xl:mca_caps=lmce',
  pvh: 'guest:lmce',
};

/** When the virtual machine check registers refuse: without LMCE, and a value other than zero in a bank. */
export function vmceRefuses({ guest, index, access }: Accessor): Meaning {
  if (index === MCG_EXT_CTL) {
    const lmce = LMCE[guest];
    if (lmce === undefined) return true;
    const bad = access === 'write' ? [[lmce, 'value']] : [];
    return { yes: [`!${lmce}`], no: [lmce], orYes: bad };
  }
  const bank = BANKS.first <= index && index <= BANKS.last;
  return access === 'write' && bank ? { yes: ['value'], no: ['!value'] } : false;
}

/** Names of those that vMCE has where it is asked about every MSR: a vCPU has two banks. */
export const MACHINE_CHECK_ROWS: readonly Row[] = [
  ['MSR_IA32_MCG_CAP', 'MSR_IA32_MCG_CTL'],
  ['MSR_IA32_MCG_EXT_CTL', 'MSR_IA32_MCG_EXT_CTL'],
  ['MSR_IA32_MCx_CTL2(0)', 'MSR_IA32_MCx_CTL2(1)'],
  ['MSR_IA32_MCx_CTL(0)', 'MSR_IA32_MCx_MISC(1)'],
];

type Numbers = readonly [first: number, last: number];
const COMMON: readonly Numbers[] = [
  [0x179, 0x17b],
  [0x400, 0x407],
  [MCG_EXT_CTL, MCG_EXT_CTL],
];
const CTL2: Numbers = [0x280, 0x281];
/** MC4_MISC1 to MC4_MISC3, of which vMCE keeps nothing. */
const MC4_MISC: Numbers = [0xc0000408, 0xc000040a];

/** What vMCE says of an MSR where it is asked about every one. */
export function machineCheckAsked(accessor: Accessor): Asked {
  const { index, vendor, access } = accessor;
  const isIn = ([first, last]: Numbers) => first <= index && index <= last;
  if (vendor === 'amd' && isIn(MC4_MISC)) {
    return { refuses: false, does: access === 'read' ? '*val = 0' : '' };
  }
  const has = COMMON.some(isIn) || (vendor === 'intel' && isIn(CTL2));
  return { refuses: has ? vmceRefuses(accessor) : null };
}
