import type { Candidate, Construct } from '../../construct.ts';

const ARM = 'xen/arch/arm/';

function inFunction(id: string, what: string, path: string, name: string): Construct {
  const candidates: readonly Candidate[] = [{ in: `${ARM}${path}`, kind: 'function', name }];
  return { id: `arm-trap/${id}`, what, minimum: 1, candidates };
}

const WHAT = 'what becomes of a trap';

/** The functions that say what becomes of a trap, and the switch of each; null where it has none. */
export const DISPATCHES = {
  exceptions: { ...at('traps.c', 'do_trap_guest_sync'), on: /^hsr\.ec$/ },
  faults: { ...at('traps.c', 'do_trap_stage2_abort_guest'), on: /^fsc$/ },
  debugCalls: { ...at('traps.c', 'do_debug_trap'), on: /^code$/ },
  sysreg: { ...at('arm64/vsysreg.c', 'do_sysreg'), on: /HSR_SYSREG_REGS_MASK/ },
  cp15: { ...at('vcpreg.c', 'do_cp15_32'), on: /HSR_CP32_REGS_MASK/ },
  cp15Wide: { ...at('vcpreg.c', 'do_cp15_64'), on: /HSR_CP64_REGS_MASK/ },
  cp14: { ...at('vcpreg.c', 'do_cp14_32'), on: /HSR_CP32_REGS_MASK/ },
  cp14Wide: { ...at('vcpreg.c', 'do_cp14_64'), on: null },
  cp14Load: { ...at('vcpreg.c', 'do_cp14_dbg'), on: null },
  cp10: { ...at('vcpreg.c', 'do_cp10'), on: /HSR_CP32_REGS_MASK/, since: '4.15' },
  cp: { ...at('vcpreg.c', 'do_cp'), on: null },
  owners: { ...at('vsmc.c', 'vsmccc_handle_call'), on: /^smccc_get_owner/ },
  architecture: { ...at('vsmc.c', 'handle_arch'), on: /^fid$/ },
  hypervisor: { ...at('vsmc.c', 'handle_hypervisor'), on: /^fid$/ },
  standard: { ...at('vsmc.c', 'handle_sssc'), on: /^fid$/ },
  psciOld: { ...at('vpsci.c', 'do_vpsci_0_1_call'), on: /^fid$|get_user_reg/ },
  psci: { ...at('vpsci.c', 'do_vpsci_0_2_call'), on: /^fid$|get_user_reg/ },
  opTee: { ...at('tee/optee.c', 'optee_handle_call'), on: /get_user_reg/ },
  ffa: { ...at('tee/ffa.c', 'ffa_handle_call'), on: /^fid$/, since: '4.18' },
  scmi: { ...at('firmware/scmi-smc.c', 'scmi_handle_smc'), on: null, since: '4.20' },
  zynqmp: { ...at('platforms/xilinx-zynqmp-eemi.c', 'zynqmp_eemi'), on: /^fid$/ },
  imx8qm: { ...at('platforms/imx8qm.c', 'imx8qm_smc'), on: /^function_id$/, since: '4.19' },
} as const satisfies Record<string, DispatchSpec>;

interface DispatchSpec {
  readonly path: string;
  readonly name: string;
  readonly on: RegExp | null;
  /** First release that has it. */
  readonly since?: string;
}

export type DispatchId = keyof typeof DISPATCHES;

function at(path: string, name: string) {
  return { path, name } as const;
}

const dispatchers = Object.fromEntries(
  Object.entries(DISPATCHES).map(([id, { path, name, since }]: [string, DispatchSpec]) => {
    const construct = inFunction(name.replaceAll('_', '-'), WHAT, path, name);
    return [id, since === undefined ? construct : { ...construct, since }];
  }),
);

/** What the traps of Arm need of the source. */
export const constructs: Readonly<Record<string, Construct>> = {
  ...dispatchers,
  hcr: inFunction('hcr', 'the trap controls of a new vCPU', 'traps.c', 'get_default_hcr_flags'),
  traps: inFunction('init-traps', 'the trap controls of a CPU', 'traps.c', 'init_traps'),
  timer: inFunction('timer', 'the control of the timers', 'time.c', 'init_timer_interrupt'),
  bits: {
    id: 'arm-trap/bits',
    what: 'the bits of the trap controls',
    minimum: 30,
    candidates: [
      {
        in: `${ARM}include/asm/processor.h`,
        kind: 'lines',
        name: 'HCR_',
        pattern: /^#define H(?:CR|DCR|CPTR|STR)_[A-Z]/,
      },
    ],
  },
  hidden: {
    id: 'arm-trap/hidden',
    what: 'the CPU features that Xen hides from guests',
    since: '4.15',
    minimum: 14,
    candidates: [
      {
        in: `${ARM}cpufeature.c`,
        since: '4.18',
        kind: 'lines',
        name: 'domain_cpuinfo',
        pattern: /^ +domain_cpuinfo\.\w+\.\w+(?:\[0\])? = 0;/,
      },
      {
        in: `${ARM}cpufeature.c`,
        until: '4.18',
        kind: 'lines',
        name: 'guest_cpuinfo',
        pattern: /^ +guest_cpuinfo\.\w+\.\w+(?:\[0\])? = 0;/,
      },
    ],
  },
  platforms: {
    id: 'arm-trap/platforms',
    what: 'the platforms that handle calls to their firmware',
    minimum: 1,
    candidates: [
      {
        in: `${ARM}platforms/xilinx-zynqmp.c`,
        kind: 'lines',
        name: 'zynqmp_smc',
        pattern: /^ +\.smc = /,
      },
    ],
  },
};
