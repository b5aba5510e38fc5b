import { GUEST_TYPE_WORDS, GUEST_TYPES, type PerGuest } from '../../model/guest-types.ts';

/** One part of a value: a plain word, code, or a name of Xen that may have a page. */
export interface AttributePart {
  readonly text: string;
  readonly as: 'word' | 'code' | 'symbol' | 'file';
}

/** An attribute of a fact in readers' words; several lines when there are several values. */
export interface AttributeRow {
  readonly label: string;
  readonly lines: readonly (readonly AttributePart[])[];
}

export const word = (text: string): AttributePart => ({ text, as: 'word' });
export const code = (text: string): AttributePart => ({ text, as: 'code' });
export const symbol = (text: string): AttributePart => ({ text, as: 'symbol' });
export const file = (text: string): AttributePart => ({ text, as: 'file' });

export function row(label: string, ...lines: (readonly AttributePart[])[]): AttributeRow {
  return { label, lines };
}

/** A row, or none when the value is absent. */
export function optional(
  label: string,
  value: string | null,
  part: (text: string) => AttributePart,
): AttributeRow[] {
  return value === null ? [] : [row(label, [part(value)])];
}

export function several(
  label: string,
  lines: readonly (readonly AttributePart[])[],
): AttributeRow[] {
  return lines.length === 0 ? [] : [{ label, lines }];
}

export function hex(value: number, digits = 0): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** Guest types by the value that they share, such as `mandatory: HVM domU`. */
export function byValue(values: PerGuest<string | null>): AttributePart[][] {
  const groups = new Map<string, string[]>();
  for (const guest of GUEST_TYPES) {
    const value = values[guest];
    if (value === null) continue;
    groups.set(value, [...(groups.get(value) ?? []), GUEST_TYPE_WORDS[guest].title]);
  }
  return [...groups].map(([value, guests]) => [word(`${value}: ${guests.join(', ')}`)]);
}

export function commaList(names: readonly string[]): AttributePart[] {
  return names.flatMap((name, index) => [...(index === 0 ? [] : [word(', ')]), symbol(name)]);
}

/** Names in conditions, of which `!` negates one. */
export function conjunction(gates: readonly string[]): AttributePart[] {
  return gates.flatMap((gate, index) => [
    ...(index === 0 ? [] : [word(' and ')]),
    ...(gate.startsWith('!') ? [word('not '), code(gate.slice(1))] : [code(gate)]),
  ]);
}
