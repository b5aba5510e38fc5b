/** Whether the emulator has a label for an opcode as the tables of instructions write it. */
import type { Switch, SwitchLabel } from '../../switch-labels.ts';
import { MAP_NAMES, type Opcode, opcodeName, opcodesOf, PREFIXES, type Prefix } from './opcodes.ts';

/** An opcode, with what singles it out inside its group. */
export interface Wanted {
  readonly opcode: Opcode;
  /** The register field of ModRM. */
  readonly register: number | null;
  /** The whole byte of ModRM. */
  readonly modrm: number | null;
  /** Prefix that the group itself looks at. */
  readonly inner: Prefix | null;
}

const SHAPE =
  /^(\S+?)(?:\.(66|F3|F2))? ([0-9a-f]{2})(?:-([0-9a-f]{2}))?(?: (?:\/([0-7])|([0-9a-f]{2})(?:\.(none|66|F3|F2))?))?$/;

/** Reads `VEX/0f38.66 e0-ef` or `legacy/0f 01 e8.F3`; null when it is not of this shape or names no map. */
export function readWanted(text: string): Wanted[] | null {
  const [, map, prefix, from, to, register, modrm, inner] = SHAPE.exec(text) ?? [];
  if (map === undefined || from === undefined || !MAP_NAMES.includes(map)) return null;
  const first = Number.parseInt(from, 16);
  const count = Number.parseInt(to ?? from, 16) - first + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => ({
    opcode: {
      map,
      prefix: PREFIXES.find((known) => known === prefix) ?? 'none',
      byte: first + index,
    },
    register: register === undefined ? null : Number(register),
    modrm: modrm === undefined ? null : Number.parseInt(modrm, 16),
    inner: PREFIXES.find((known) => known === inner) ?? null,
  }));
}

/** The switches of one build of the emulator. */
export interface Labels {
  /** The labels of the main switch, by name. */
  readonly opcodes: ReadonlyMap<string, Opcode>;
  /** The switches inside a group, by the opcode of the group without prefix: `legacy/0f 01`. */
  readonly groups: ReadonlyMap<string, readonly Switch[]>;
}

export function opcodesByName(main: Switch): Map<string, Opcode> {
  return new Map(opcodesOf(main).map((opcode) => [opcodeName(opcode), opcode]));
}

function covers({ first, last }: SwitchLabel, value: number): boolean {
  return first !== null && last !== null && first <= value && value <= last;
}

const PREFIX_NAMES: Readonly<Record<Exclude<Prefix, 'none'>, string>> = {
  '66': 'vex_66',
  F3: 'vex_f3',
  F2: 'vex_f2',
};

/** The label of a switch over a part of ModRM, if it has one for the value. */
function labelFor(one: Switch, { register, modrm }: Wanted): SwitchLabel | undefined {
  const masked = /\bmodrm_reg & (\d)$/.exec(one.subject);
  if (masked !== null && register !== null) {
    return one.labels.find((label) => covers(label, register & Number(masked[1])));
  }
  if (!/\bmodrm$/.test(one.subject)) return undefined;
  const value = modrm ?? (register === null ? null : register << 3);
  return value === null ? undefined : one.labels.find((label) => covers(label, value));
}

/** The switch over the prefix below a label, where there is one. */
function overPrefix(switches: readonly Switch[], label: SwitchLabel): Switch | undefined {
  return switches.find(({ subject, under }) => {
    return /\bvex\.pfx$/.test(subject) && under.some(({ text }) => text === label.text);
  });
}

/** Enumerators stand as they are; no prefix is zero. */
function isPrefix({ text, first }: SwitchLabel, prefix: Prefix | null): boolean {
  return prefix === 'none' ? first === 0 : prefix !== null && text === PREFIX_NAMES[prefix];
}

function inGroup(switches: readonly Switch[], wanted: Wanted): boolean {
  return switches.some((one) => {
    const label = labelFor(one, wanted);
    if (label === undefined) return false;
    const { inner } = wanted;
    const byPrefix = inner === null ? undefined : overPrefix(switches, label);
    return byPrefix === undefined || byPrefix.labels.some((label) => isPrefix(label, inner));
  });
}

/** Whether a build has the opcode, in its group where it is of one. */
export function has(labels: Labels, wanted: Wanted): boolean {
  if (!labels.opcodes.has(opcodeName(wanted.opcode))) return false;
  if (wanted.register === null && wanted.modrm === null) return true;
  const group = opcodeName({ ...wanted.opcode, prefix: 'none' });
  return inGroup(labels.groups.get(group) ?? [], wanted);
}
