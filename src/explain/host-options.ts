/** What a configuration does not say and the reader may: the host, its paging, and what the guest loads. */
import type { Situation } from '../model/condition-truth.ts';
import type { Architecture } from './xl-types.ts';

/** Each option with its choices; one that is not chosen is not known. */
export const HOST_OPTIONS = {
  arch: { words: 'Host', choices: { x86: 'x86', arm: 'Arm' } },
  vendor: { words: 'CPU vendor', choices: { intel: 'Intel', amd: 'AMD' } },
  paging: { words: 'Paging', choices: { hap: 'HAP (EPT or NPT)', shadow: 'shadow paging' } },
  apicv: { words: 'APIC virtualization', choices: { yes: 'on', no: 'off' } },
  'unrestricted-guest': { words: 'Unrestricted guest', choices: { yes: 'on', no: 'off' } },
  apic: { words: 'Local APIC', choices: { xapic: 'xAPIC mode', x2apic: 'x2APIC mode' } },
  'pv-drivers': { words: 'PV drivers', choices: { yes: 'loaded', no: 'not loaded' } },
  build: { words: 'Build of Xen', choices: { default: 'options as Kconfig sets them' } },
  bits: { words: 'Guest kernel', choices: { 32: '32-bit', 64: '64-bit' } },
} as const;

export type HostOption = keyof typeof HOST_OPTIONS;

export const HOST_OPTION_NAMES = Object.keys(HOST_OPTIONS) as readonly HostOption[];

/** The options chosen, as their words: `{ vendor: 'amd' }`. */
export type HostChoices = Readonly<Partial<Record<HostOption, string>>>;

export function choicesOf(option: HostOption): readonly string[] {
  return Object.keys(HOST_OPTIONS[option].choices);
}

export function isHostOption(text: string): text is HostOption {
  return Object.hasOwn(HOST_OPTIONS, text);
}

export function architectureOf({ arch }: HostChoices): Architecture {
  return arch === 'arm' ? 'arm' : 'x86';
}

type Features = Situation['features'];

/** What Xen uses on Intel only. */
const NOT_ON_AMD: Features = {
  apicv: false,
  'apic-access-page': false,
  'posted-interrupts': false,
  pml: false,
  'tpr-shadow': false,
  'unrestricted-guest': false,
  'vmcs-shadowing': false,
};

const WITH_APICV: Features = { apicv: true, 'tpr-shadow': true };

/** Options of a release build of 4.22 for x86 where nobody changed them. */
export const DEFAULT_BUILD: Readonly<Record<string, boolean>> = {
  CONFIG_ALTP2M: true,
  CONFIG_ARGO: false,
  CONFIG_GDBSX: true,
  CONFIG_GRANT_TABLE: true,
  CONFIG_HAS_SOFT_RESET: true,
  CONFIG_HVM_FEP: false,
  CONFIG_IOREQ_SERVER: true,
  CONFIG_PV_SHIM_EXCLUSIVE: false,
  CONFIG_SHADOW_PAGING: false,
  CONFIG_VERBOSE_DEBUG: false,
  CONFIG_VIRIDIAN: true,
  CONFIG_VM_EVENT: true,
  CONFIG_XSM_FLASK: false,
};

function yesOrNo(choice: string | undefined): boolean | undefined {
  return choice === undefined ? undefined : choice === 'yes';
}

/** Features of the host, each with the option that decides it. */
export function hostFeatures(
  choices: HostChoices,
): readonly (readonly [feature: keyof Features, holds: boolean, option: HostOption])[] {
  const { vendor, apicv } = choices;
  const unrestricted = yesOrNo(choices['unrestricted-guest']);
  const entries = (features: Features, option: HostOption) =>
    (Object.entries(features) as [keyof Features, boolean][]).map(
      ([feature, holds]) => [feature, holds, option] as const,
    );
  return [
    ...(unrestricted === undefined
      ? []
      : entries({ 'unrestricted-guest': unrestricted }, 'unrestricted-guest')),
    ...(apicv === 'yes' ? entries(WITH_APICV, 'apicv') : []),
    ...(apicv === 'no' ? entries({ apicv: false }, 'apicv') : []),
    ...(vendor === 'amd' ? entries(NOT_ON_AMD, 'vendor') : []),
  ];
}
