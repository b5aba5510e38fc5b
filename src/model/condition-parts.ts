/** Conditions as lists of single claims, to say which of them are decided and which are open. */
import type { Condition } from './condition.ts';

/** Each claim of a condition as a condition of its own; all of them together say what it says. */
export function conditionParts(when: Condition | undefined): Condition[] {
  if (when === undefined) return [];
  const { feature, guest, xl, kconfig, cpuid, ...whole } = when;
  return [
    ...Object.entries(whole)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]): Condition => ({ [key]: value })),
    ...(feature ?? []).map((word): Condition => ({ feature: [word] })),
    ...(guest ?? []).map((word): Condition => ({ guest: [word] })),
    ...Object.entries(xl ?? {}).map(([key, value]): Condition => ({ xl: { [key]: value } })),
    ...(kconfig ?? []).map((option): Condition => ({ kconfig: [option] })),
    ...(cpuid ?? []).map((bit): Condition => ({ cpuid: [bit] })),
  ];
}

function joinTwo(first: Condition, second: Condition): Condition {
  return {
    ...first,
    ...second,
    ...(second.feature && { feature: [...(first.feature ?? []), ...second.feature] }),
    ...(second.guest && { guest: [...(first.guest ?? []), ...second.guest] }),
    ...(second.xl && { xl: { ...first.xl, ...second.xl } }),
    ...(second.kconfig && { kconfig: [...(first.kconfig ?? []), ...second.kconfig] }),
    ...(second.cpuid && { cpuid: [...(first.cpuid ?? []), ...second.cpuid] }),
  };
}

/** The condition that claims all of it; undefined when nothing is claimed. */
export function joinParts(parts: readonly Condition[]): Condition | undefined {
  if (parts.length === 0) return undefined;
  let joined: Condition = {};
  for (const part of parts) joined = joinTwo(joined, part);
  return joined;
}
