/** Opcodes as the emulator writes them in one number, and as this kind names them: `VEX/0f38.66 e0`. */
import type { Switch } from '../../switch-labels.ts';

export const PREFIXES = ['none', '66', 'F3', 'F2'] as const;
export type Prefix = (typeof PREFIXES)[number];

export interface Opcode {
  readonly map: string;
  readonly prefix: Prefix;
  readonly byte: number;
}

/** Maps by encoding and extension bytes; the extension of XOP begins with 8f. */
const MAPS: Readonly<Record<string, string>> = {
  '0 0': 'legacy/1-byte',
  '0 f': 'legacy/0f',
  '0 f38': 'legacy/0f38',
  '0 f3a': 'legacy/0f3a',
  '1 f': 'VEX/0f',
  '1 f38': 'VEX/0f38',
  '1 f3a': 'VEX/0f3a',
  '1 7': 'VEX/map7',
  '2 f': 'EVEX/0f',
  '2 f38': 'EVEX/0f38',
  '2 f3a': 'EVEX/0f3a',
  '2 4': 'EVEX/map4',
  '2 5': 'EVEX/map5',
  '2 6': 'EVEX/map6',
  '2 7': 'EVEX/map7',
  '0 8f08': 'XOP/8f08',
  '0 8f09': 'XOP/8f09',
  '0 8f0a': 'XOP/8f0a',
};

/** Every map that has a name here, whether a release has labels in it or not. */
export const MAP_NAMES: readonly string[] = Object.values(MAPS);

/**
 * Takes a number such as `X86EMUL_OPC_VEX_66(0x0f38, 0xe0)` apart: byte in bits 0-7, prefix in 8-9, encoding in 12-13,
 * extension from 16. Null when the map has no name.
 */
export function opcodeOf(value: number): Opcode | null {
  const map = MAPS[`${(value >>> 12) & 3} ${(value >>> 16).toString(16)}`];
  if (map === undefined) return null;
  return { map, prefix: PREFIXES[(value >>> 8) & 3] ?? 'none', byte: value & 0xff };
}

/** Whether the opcodes of a map are encoded by VEX, EVEX or XOP. */
export function isExtended(map: string): boolean {
  return !map.startsWith('legacy/');
}

/** Whether only CPUs of AMD have the opcodes of a map: those of XOP. */
export function isAmdOnly(map: string): boolean {
  return map.startsWith('XOP/');
}

/** The name of an opcode, without its prefix where it has none. */
export function opcodeName({ map, prefix, byte }: Opcode): string {
  const hex = byte.toString(16).padStart(2, '0');
  return `${map}${prefix === 'none' ? '' : `.${prefix}`} ${hex}`;
}

/** Every opcode of the labels of a switch, each once; a label that is no number, or of no map, is left out. */
export function opcodesOf({ labels }: Switch): Opcode[] {
  const values = new Set<number>();
  for (const { first, last } of labels) {
    if (first === null || last === null) continue;
    for (let value = first; value <= last; value += 1) values.add(value);
  }
  return [...values].flatMap((value) => opcodeOf(value) ?? []);
}
