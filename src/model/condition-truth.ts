/** Whether conditions hold in a situation of which not everything is known. */
import type { Condition, GuestState, PlatformFeature } from './condition.ts';

export type Truth = 'yes' | 'no' | 'unknown';

/** What is known of a host, a build and a guest; what is left out is unknown. */
export interface Situation {
  readonly vendor?: 'intel' | 'amd';
  readonly paging?: 'hap' | 'shadow';
  readonly bits?: 32 | 64;
  /** Capabilities of the platform. */
  readonly features: Readonly<Partial<Record<PlatformFeature, boolean>>>;
  /** States of the guest. */
  readonly states: Readonly<Partial<Record<GuestState, boolean>>>;
  /** Whether xl.cfg sets a key to a value, its defaults included. */
  readonly xl: (key: string, value: string | number | boolean) => Truth;
  /** Whether an option stands on Xen’s command line. */
  readonly cmdline: (option: string) => Truth;
  /** Whether Xen is built with an option; without it builds are unknown. */
  readonly kconfig?: (option: string) => Truth;
}

/** All of them hold. */
export function allHold(truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no';
  return truths.includes('unknown') ? 'unknown' : 'yes';
}

function is<T>(wanted: T | undefined, known: T | undefined): Truth {
  if (wanted === undefined) return 'yes';
  if (known === undefined) return 'unknown';
  return wanted === known ? 'yes' : 'no';
}

function words(
  wanted: readonly string[] | undefined,
  known: Readonly<Record<string, boolean | undefined>>,
): Truth[] {
  return (wanted ?? []).map((word) => {
    const negated = word.startsWith('!');
    const holds = known[negated ? word.slice(1) : word];
    if (holds === undefined) return 'unknown';
    return holds === negated ? 'no' : 'yes';
  });
}

const OPPOSITE: Readonly<Record<Truth, Truth>> = { yes: 'no', no: 'yes', unknown: 'unknown' };

function options(wanted: readonly string[] | undefined, { kconfig }: Situation): Truth[] {
  return (wanted ?? []).map((option) => {
    if (kconfig === undefined) return 'unknown';
    return option.startsWith('!') ? OPPOSITE[kconfig(option.slice(1))] : kconfig(option);
  });
}

/** Whether the condition holds. Roles, ports, hypercalls, CPUID bits and widths are not known here. */
export function conditionHolds(when: Condition | undefined, situation: Situation): Truth {
  if (when === undefined) return 'yes';
  const open = [when.role, when.ports, when.hypercalls, when.cpuid, when.bytes];
  return allHold([
    is(when.vendor, situation.vendor),
    is(when.paging, situation.paging),
    is(when.bits, situation.bits),
    ...words(when.feature, situation.features),
    ...words(when.guest, situation.states),
    ...Object.entries(when.xl ?? {}).map(([key, value]) => situation.xl(key, value)),
    when.cmdline === undefined ? 'yes' : situation.cmdline(when.cmdline),
    ...options(when.kconfig, situation),
    ...open.map((part): Truth => (part === undefined ? 'yes' : 'unknown')),
  ]);
}
