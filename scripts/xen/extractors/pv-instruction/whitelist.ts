/** The whitelist of the emulator of privileged instructions: the opcodes that `validate()` lets through. */
import type { CFile } from '../../c-file.ts';
import type { Macro } from '../../macros.ts';
import { readSwitches, type Switch, type SwitchLabel } from '../../switch-labels.ts';

export interface Listed {
  /** Bytes in hexadecimal: `fa`, `0f06`, `0f01d1`. */
  readonly opcode: string;
  readonly line: number;
}

/** `X86EMUL_OPC(0x0f, 0x06)` stands for 0x0f06. */
const OPCODE: Macro = {
  name: 'X86EMUL_OPC',
  parameters: ['ext', 'byte'],
  body: '((ext) << 8 | (byte))',
  line: 0,
  endLine: 0,
};

const BUILD = { holds: () => true, macros: new Map([[OPCODE.name, OPCODE]]) };

const hex = (value: number) => value.toString(16).padStart(value > 0xff ? 4 : 2, '0');

function opcodesOf({ first, last, line }: SwitchLabel): Listed[] | null {
  if (first === null || last === null || last < first) return null;
  return Array.from({ length: last - first + 1 }, (_, step) => ({
    opcode: hex(first + step),
    line,
  }));
}

/** The low bits of ModRM that a nested switch over its middle bits asks for, or null. */
function lowBits(text: string): number | null {
  const found = /\(\s*modrm_rm\s*&\s*7\s*\)\s*!=\s*(\d)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function nested({ subject, labels, under }: Switch, text: string): Listed[] | null {
  const low = lowBits(text);
  const [group] = under;
  if (!/^modrm_reg & 7$/.test(subject) || low === null || group?.first == null) return null;
  const prefix = hex(group.first);
  return labels.flatMap(({ first, line }) =>
    first === null ? [] : [{ opcode: `${prefix}${hex(0xc0 | (first << 3) | low)}`, line }],
  );
}

/**
 * The opcodes that the whitelist lets through, in the order of the source. A group that a nested switch tells apart is
 * there as its members. `unread` are the lines of what is not understood.
 */
export function readWhitelist(file: CFile): {
  readonly listed: readonly Listed[];
  readonly unread: readonly number[];
} {
  const definition = file.functions.find(({ name }) => name === 'validate');
  const text = definition === undefined ? '' : file.text.slice(definition.start, definition.end);
  const switches = readSwitches(file, 'validate', BUILD);
  const groups = new Set(switches.flatMap(({ under }) => under));
  const parts = switches.flatMap((one): { listed: Listed[] | null; line: number }[] => {
    if (one.parent !== null) return [{ listed: nested(one, text), line: one.line }];
    if (one.subject !== 'ctxt->opcode') return [{ listed: null, line: one.line }];
    return one.labels
      .filter((label) => !groups.has(label))
      .map((label) => ({ listed: opcodesOf(label), line: label.line }));
  });
  return {
    listed: parts.flatMap(({ listed }) => listed ?? []),
    unread: parts.filter(({ listed }) => listed === null).map(({ line }) => line),
  };
}
