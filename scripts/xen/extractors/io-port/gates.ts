/** Guards of a registration, evaluated for each kind of HVM container. */
import type { Condition } from '../../../../src/model/condition.ts';
import type { Guard } from '../../calls.ts';
import type { FlagSource } from '../emulation-flag/read.ts';

/** The guest types that are HVM domains to Xen, and so can have port handlers. */
export const CONTAINERS = ['pvh', 'hvm', 'pvh-dom0'] as const;
export type Container = (typeof CONTAINERS)[number];

export type Verdict =
  | { readonly reached: false }
  | { readonly reached: true; readonly when: Condition | null };

/** Error handling on the way, which decides nothing about the guest type. */
const IRRELEVANT = [
  /^rc(?: [!=]= 0)?$/,
  /^hvm_enabled$/,
  /^d->arch\.hvm\.\w+$/,
  /^handler$/,
  /^handler == NULL$/,
  /^fns == NULL$/,
  /^is_cmos_port\(/,
  /^i == ARRAY_SIZE\(/,
  /^pv_shim$/,
  /^offs & ~\w+_alias_mask$/,
  /^version\b/,
  /^\(version \^/,
  /^pmtmr_ioport$/,
  /^hvm_port80_allowed$/,
];

/** Guards that are conditions of the platform. */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  amd_acpi_c1e_quirk: { vendor: 'amd', feature: ['amd-c1e-quirk'] },
};

/** Whether a guard holds for a container: yes, no, under a condition, or null when it is not understood. */
function judge(guard: Guard, guest: Container, source: FlagSource): boolean | Condition | null {
  const call = /^(\w+)\((?:\w+(?:->domain)?)\)$/.exec(guard.text)?.[1];
  if (call === 'is_hvm_domain') return guard.holds;
  if (call === 'is_pv_domain') return !guard.holds;
  if (call === 'is_hardware_domain') return (guest === 'pvh-dom0') === guard.holds;
  const flag = source.flags.find(({ gate }) => gate !== null && gate === call);
  if (flag !== undefined) {
    const set = (source.chosen[guest] & (1n << BigInt(flag.bit))) !== 0n;
    return set === guard.holds;
  }
  if (IRRELEVANT.some((pattern) => pattern.test(guard.text))) return true;
  const condition = CONDITIONS[guard.text];
  return condition !== undefined && guard.holds ? condition : null;
}

/** Evaluates all guards. The guards that are not understood are listed; the caller reports them. */
export function evaluateGuards(
  guards: readonly Guard[],
  guest: Container,
  source: FlagSource,
): { readonly verdict: Verdict; readonly unknown: readonly Guard[] } {
  const judged = guards.map((guard) => ({ guard, result: judge(guard, guest, source) }));
  const unknown = judged.filter(({ result }) => result === null).map(({ guard }) => guard);
  if (judged.some(({ result }) => result === false))
    return { verdict: { reached: false }, unknown };
  const conditions = judged.flatMap(({ result }) =>
    typeof result === 'object' && result !== null ? [result] : [],
  );
  const when: Condition | null = conditions.length === 0 ? null : Object.assign({}, ...conditions);
  return { verdict: { reached: true, when }, unknown };
}

/** The predicates of guards by name, for the attributes: `has_vpit`, `!has_vrtc`. */
export function gateNames(guards: readonly Guard[]): string[] {
  const names = guards.flatMap(({ text, holds }) => {
    const name =
      /^(?:has_|is_)\w+(?=\()/.exec(text)?.[0] ??
      /^(?:amd_\w+|hvm_port80_allowed|pmtmr_ioport)$/.exec(text)?.[0];
    return name === undefined ? [] : [holds ? name : `!${name}`];
  });
  return [...new Set(names)];
}
