/** What is decided about the flags of each guest type: what libxl and Xen choose, and what Xen forces. */
import type { Guard } from '../../calls.ts';
import { ExpressionError } from '../../expression.ts';
import { type Assignment, applyAssignments, type Option, optionField } from './chosen.ts';
import { KINDS, X86_GUESTS, type X86Guest } from './guests.ts';

/** The assignments to the flags, by who makes them. */
export interface Assignments {
  readonly libxl: readonly Assignment[];
  readonly dom0: readonly Assignment[];
  readonly forced: readonly Assignment[];
}

/** Flags that a libxl option adds or removes, for a guest type. */
export interface OptionEffect {
  readonly guest: X86Guest;
  readonly bits: bigint;
  readonly option: Option;
}

/** Guards that hold whenever a domain is made; `config` is missing for the idle domain only. */
const ALWAYS = new Set(['config']);

/** An early exit before the assignment decides nothing about it; any other unknown guard is an `ExpressionError`. */
function passed({ text, holds }: Guard): boolean {
  if (holds && !ALWAYS.has(text)) throw new ExpressionError(`the unknown guard \`${text}\``);
  return true;
}

/** The flags that Xen sets for a guest type whatever was asked for. */
export function forcedFlags({ forced }: Assignments, guest: X86Guest): bigint {
  const { pv, hardwareDomain } = KINDS[guest];
  return applyAssignments(forced, (guard) => {
    if (/^is_hardware_domain\(/.test(guard.text)) return hardwareDomain === guard.holds;
    if (/^is_pv_domain\(/.test(guard.text)) return pv === guard.holds;
    return passed(guard);
  });
}

/** The fields of libxl options that guard an assignment, each once. */
export function optionFields({ libxl }: Assignments): string[] {
  return [...new Set(libxl.flatMap(({ guards }) => guards.flatMap((g) => optionField(g) ?? [])))];
}

/** The flags that are asked for, with the options of libxl as `enabled` says. */
export function chosenFlags(
  { libxl, dom0 }: Assignments,
  guest: X86Guest,
  enabled: (field: string) => boolean,
): bigint {
  if (guest === 'pvh-dom0') {
    return applyAssignments(dom0, (guard) => guard.text === 'opt_dom0_pvh' || passed(guard));
  }
  const { libxl: label } = KINDS[guest];
  if (label === null) return 0n;
  return applyAssignments(
    libxl.filter((assignment) => assignment.label === label),
    (guard) => {
      const field = optionField(guard);
      return field === null ? passed(guard) : enabled(field) === guard.holds;
    },
  );
}

/** What each option changes for each guest type, with the other options at their defaults. */
export function optionEffects(
  assignments: Assignments,
  options: readonly Option[],
): OptionEffect[] {
  const byDefault = (field: string) =>
    options.some((option) => option.field === field && option.enabledByDefault);
  const flags = (guest: X86Guest, field: string, value: boolean) =>
    chosenFlags(assignments, guest, (other) => (other === field ? value : byDefault(other)));
  return X86_GUESTS.flatMap((guest) =>
    options.flatMap((option) => {
      const bits = flags(guest, option.field, true) ^ flags(guest, option.field, false);
      return bits === 0n ? [] : [{ guest, bits, option }];
    }),
  );
}
