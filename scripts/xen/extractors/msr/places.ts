/** Where it is decided what a guest gets: the cases of an access, the function behind them, and the default of the last one. */
import type { Place } from '../../../../src/model/evidence.ts';
import type { Hole } from './bitmap.ts';
import { INTROSPECTION } from './holes.ts';
import type { Vendor } from './meanings.ts';
import type { Conditional } from './outcome.ts';
import type { Answerer, Passed } from './path.ts';
import type { Program } from './program.ts';
import type { FunctionId, Programs } from './read.ts';

/** An access on a vendor, with the cases that it came through and the openings of the bitmap. */
interface Walked {
  readonly container: 'pv' | 'hvm';
  readonly access: 'read' | 'write';
  readonly vendor: Vendor;
  readonly passed: readonly Passed[];
  readonly holes: readonly Hole[];
  readonly found: readonly Conditional[];
}

const MCHECK = 'xen/arch/x86/cpu/mcheck';
const VLAPIC = 'xen/arch/x86/hvm/vlapic.c';
const VPMU: Place = { path: 'xen/arch/x86/cpu/vpmu.c', symbol: 'vpmu_do_msr' };
const VPMU_WAYS: Readonly<Record<Vendor, Readonly<Record<Walked['access'], Place>>>> = {
  intel: {
    read: { path: 'xen/arch/x86/cpu/vpmu_intel.c', symbol: 'core2_vpmu_do_rdmsr' },
    write: { path: 'xen/arch/x86/cpu/vpmu_intel.c', symbol: 'core2_vpmu_do_wrmsr' },
  },
  amd: {
    read: { path: 'xen/arch/x86/cpu/vpmu_amd.c', symbol: 'amd_vpmu_do_rdmsr' },
    write: { path: 'xen/arch/x86/cpu/vpmu_amd.c', symbol: 'amd_vpmu_do_wrmsr' },
  },
};

const VMCE: Readonly<Record<Walked['access'], Place>> = {
  read: { path: `${MCHECK}/vmce.c`, symbol: 'vmce_rdmsr' },
  write: { path: `${MCHECK}/vmce.c`, symbol: 'vmce_wrmsr' },
};
const VMCE_BANKS: Place = { path: `${MCHECK}/mce.h`, symbol: 'mce_bank_msr' };

/** Where introspection gets a write. */
const SEEN: Place = {
  path: 'xen/arch/x86/hvm/hvm.c',
  symbol: 'hvm_msr_write_intercept',
  anchor: 'monitored_msr',
};
/** Where the bitmap is closed for it. */
const CLOSED: Readonly<Record<Vendor, Place>> = {
  intel: { path: 'xen/arch/x86/hvm/vmx/vmx.c', symbol: 'vmx_enable_msr_interception' },
  amd: { path: 'xen/arch/x86/hvm/svm/svm.c', symbol: 'svm_enable_msr_interception' },
};

/** The functions of those who answer for an MSR and are not walked. */
const ANSWERS: Readonly<Record<Answerer, Readonly<Record<Walked['access'], readonly Place[]>>>> = {
  vmce: { read: [VMCE.read], write: [VMCE.write] },
  'vmce-lacks': { read: [VMCE.read, VMCE_BANKS], write: [VMCE.write, VMCE_BANKS] },
  // By vendor: `VPMU_WAYS`.
  vpmu: { read: [], write: [] },
  'local-apic': {
    read: [{ path: VLAPIC, symbol: 'guest_rdmsr_x2apic' }],
    write: [{ path: VLAPIC, symbol: 'guest_wrmsr_x2apic' }],
  },
  'nested-vmx': {
    read: [{ path: 'xen/arch/x86/hvm/vmx/vvmx.c', symbol: 'nvmx_msr_read_intercept' }],
    write: [],
  },
};

/** The function that has the last word on an access. */
function lastOf({ container, access, vendor }: Walked): FunctionId {
  if (container === 'pv') return access === 'read' ? 'pvRead' : 'pvWrite';
  if (vendor === 'intel') return access === 'read' ? 'vmxRead' : 'vmxWrite';
  return access === 'read' ? 'svmRead' : 'svmWrite';
}

/** What the default asks for. */
const RELAXED = 'msr_relaxed';

/** What a condition is called where the last function asks for it. */
const ASKED: readonly (readonly [token: RegExp, name: string])[] = [
  [/^guest:no-gp-handler$/, 'trap_ctxt'],
  [/^feature:lbr-msr$/, 'is_last_branch_msr'],
  [/msr.relaxed$/, RELAXED],
];

/** A function, at a name that one of its conditions has, where it has it. */
function at({ path, symbol, steps }: Program, name: string): Place {
  const has = steps.some(
    (step) => step.op === 'branch' && JSON.stringify(step.test).includes(name),
  );
  return { path, symbol, ...(has ? { anchor: name } : {}) };
}

const ofVpmu = ({ tokens }: Conditional) =>
  [...tokens].some((token) => token.startsWith('cmdline:vpmu'));

/** What answers behind the cases of the software. */
function behind({ access, vendor, found }: Walked, handling: Conditional): Place[] {
  const { answerer } = handling.outcome;
  return [
    ...(found.some((one) => one.outcome.how !== 'hardware' && ofVpmu(one)) ? [VPMU] : []),
    ...(ofVpmu(handling) ? [VPMU_WAYS[vendor][access]] : []),
    ...(answerer === undefined ? [] : ANSWERS[answerer][access]),
  ];
}

/** The places of a handling in one walk. */
export function placesOf(programs: Programs, walk: Walked, handling: Conditional): Place[] {
  const { outcome, tokens } = handling;
  if (outcome.how === 'hardware') {
    return walk.holes.flatMap(({ path, symbol, anchor, closed }) => [
      { path, symbol, anchor },
      ...closed,
    ]);
  }
  if (tokens.has(INTROSPECTION)) return [SEEN, CLOSED[walk.vendor]];
  const last = programs[lastOf(walk)]?.program;
  const cases = walk.passed.map(({ program, label }) => ({
    path: program.path,
    symbol: program.symbol,
    anchor: label,
  }));
  const asked = ASKED.filter(([token]) => [...tokens].some((one) => token.test(one)));
  const names =
    asked.length === 0 && cases.length === 0 ? [RELAXED] : asked.map(([, name]) => name);
  const decided = last === undefined ? [] : names.map((name) => at(last, name));
  const answers = asked.length === 0 ? behind(walk, handling) : [];
  return [...cases, ...decided, ...answers];
}
