/** The virtual machine check registers (vMCE): which MSRs are theirs, and what they refuse. */
import type { GuestType } from '../../../../src/model/guest-types.ts';
import type { Asked } from './asked.ts';
import type { Row } from './last-branch.ts';
import type { Meaning, Outcome, Token } from './path.ts';

interface Accessor {
  readonly guest: GuestType;
  readonly vendor: 'intel' | 'amd';
  readonly index: number;
  readonly last: number;
  readonly access: 'read' | 'write';
}

const MCG_CAP = 0x179;
const MCG_EXT_CTL = 0x4d0;
/** MSR_P5_MC_ADDR and MSR_P5_MC_TYPE. */
const P5 = { first: 0, last: 1 } as const;
/** The banks that a register can be of, and the last register of the two that a vCPU has. */
const CTL2 = { first: 0x280, last: 0x29f, had: 0x281 } as const;
const BANKS = { first: 0x400, last: 0x47f, had: 0x407 } as const;

const NONE: Token = 'guest:vmce-none';
const NOTHING_TO_READ: Token = 'guest:vmce-nothing-to-read';
const STATUS_ONLY: Token = 'guest:vmce-status-only';

/** What they give where that is less than an answer, by the token that says so. */
export const MACHINE_CHECK_OUTCOMES: Readonly<Record<Token, Outcome>> = {
  [NONE]: {
    how: 'emulated',
    by: 'xen',
    note: 'The virtual machine check registers (vMCE) do not have it: reads give zero, and writes are dropped.',
    answerer: 'vmce-lacks',
  },
  [NOTHING_TO_READ]: {
    how: 'emulated',
    by: 'xen',
    note: 'The virtual machine check registers (vMCE) do not have it: reads give zero.',
    answerer: 'vmce-lacks',
  },
  [STATUS_ONLY]: {
    how: 'emulated',
    by: 'xen',
    note: 'The virtual machine check registers (vMCE) answer: they keep MSR_IA32_MCG_STATUS, and drop what is written to the others.',
    answerer: 'vmce',
  },
};

/** Who can ask for local machine checks: a parameter of HVM containers, which libxl sets for HVM domains. */
const LMCE: Partial<Readonly<Record<GuestType, Token>>> = {
  hvm: 'xl:mca_caps=lmce',
  pvh: 'guest:lmce',
};

const isIn = (index: number, { first, last }: { readonly first: number; readonly last: number }) =>
  first <= index && index <= last;

/** Of a range of banks: what a vCPU has, of which a value can be refused, and what it has not. */
function bankRefuses(
  { index, last }: Accessor,
  { had }: { readonly had: number },
  values: boolean,
): Meaning {
  if (index > had) return { yes: null, no: [NONE] };
  return {
    yes: values ? ['value'] : null,
    no: values ? ['!value'] : [],
    orNo: last > had ? [[NONE, 'guest:msr-not-implemented']] : [],
  };
}

/** When the virtual machine check registers refuse: without LMCE, and a value other than zero in a bank. */
export function vmceRefuses(accessor: Accessor): Meaning {
  const { guest, vendor, index, access } = accessor;
  if (index === MCG_EXT_CTL) {
    const lmce = LMCE[guest];
    if (lmce === undefined) return true;
    const bad = access === 'write' ? [[lmce, 'value']] : [];
    return { yes: [`!${lmce}`], no: [lmce], orYes: bad };
  }
  if (vendor === 'amd' && isIn(index, P5)) return { yes: null, no: [NOTHING_TO_READ] };
  if (vendor === 'amd' && isIn(index, CTL2)) return { yes: null, no: [NONE] };
  if (isIn(index, CTL2)) return bankRefuses(accessor, CTL2, false);
  if (isIn(index, BANKS)) return bankRefuses(accessor, BANKS, access === 'write');
  return index === MCG_CAP && access === 'write' && { yes: null, no: [STATUS_ONLY] };
}

/** Names of those that vMCE has where it is asked about every MSR: a vCPU has two banks. */
export const MACHINE_CHECK_ROWS: readonly Row[] = [
  ['MSR_IA32_MCG_CAP', 'MSR_IA32_MCG_CTL'],
  ['MSR_IA32_MCG_EXT_CTL', 'MSR_IA32_MCG_EXT_CTL'],
  ['MSR_IA32_MCx_CTL2(0)', 'MSR_IA32_MCx_CTL2(1)'],
  ['MSR_IA32_MCx_CTL(0)', 'MSR_IA32_MCx_MISC(1)'],
];

const COMMON = [
  { first: MCG_CAP, last: 0x17b },
  { first: BANKS.first, last: BANKS.had },
  { first: MCG_EXT_CTL, last: MCG_EXT_CTL },
] as const;
/** MC4_MISC1 to MC4_MISC3, of which vMCE keeps nothing. */
const MC4_MISC = { first: 0xc0000408, last: 0xc000040a } as const;

/** What vMCE says of an MSR where it is asked about every one. */
export function machineCheckAsked(accessor: Accessor): Asked {
  const { index, vendor, access } = accessor;
  if (vendor === 'amd' && isIn(index, MC4_MISC)) {
    return { refuses: false, does: access === 'read' ? '*val = 0' : '' };
  }
  const has =
    COMMON.some((range) => isIn(index, range)) ||
    (vendor === 'intel' && isIn(index, { first: CTL2.first, last: CTL2.had }));
  return { refuses: has ? vmceRefuses(accessor) : null };
}
