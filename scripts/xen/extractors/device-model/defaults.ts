/** What libxl chooses for a key of xl.cfg that the configuration leaves out. */

import type { Corpus } from '../../corpus.ts';
import { lineAt, lineStarts } from '../../lines.ts';
import { pathIn } from '../../moves.ts';

export interface Chosen {
  readonly value: string;
  readonly path: string;
  readonly symbol: string;
  /** 1-based. */
  readonly line: number;
}

const LIBXL = 'tools/libs/light/';
const CREATE = 'libxl_create.c';
const X86 = 'libxl_x86.c';
const ARM = 'libxl_arm.c';

/** Functions of libxl that fill in what a configuration leaves out. */
const CHOOSERS = [
  { path: `${LIBXL}${CREATE}`, symbol: 'libxl__domain_create_info_setdefault' },
  { path: `${LIBXL}${CREATE}`, symbol: 'libxl__domain_build_info_setdefault' },
  { path: `${LIBXL}${X86}`, symbol: 'libxl__arch_domain_build_info_setdefault' },
  { path: `${LIBXL}${ARM}`, symbol: 'libxl__arch_domain_build_info_setdefault' },
] as const;

/** Defaults that are assigned: where the value stands in the text of `libxl__domain_build_info_setdefault`. */
const ASSIGNED: Readonly<Record<string, RegExp>> = {
  bios: /\bu\.hvm\.bios = LIBXL_BIOS_TYPE_(\w+)/,
  boot: /\bu\.hvm\.boot = libxl__strdup\(NOGC, "(\w+)"\)/,
  hdtype: /\bu\.hvm\.hdtype = LIBXL_HDTYPE_(\w+)/,
  vga: /\bu\.hvm\.vga\.kind = LIBXL_VGA_INTERFACE_TYPE_(\w+)/,
  timer_mode: /\btimer_mode = LIBXL_TIMER_MODE_(\w+)/,
  max_event_channels: /\bevent_channels = (\d+)/,
  altp2m_count: /\baltp2m_count = (\d+)/,
};

interface Body {
  readonly path: string;
  readonly symbol: string;
  readonly text: string;
  readonly start: number;
  readonly lineOf: (offset: number) => number;
}

function bodiesOf(corpus: Corpus): Body[] {
  return CHOOSERS.flatMap(({ path: newest, symbol }) => {
    const path = pathIn(newest, corpus.release);
    const file = corpus.file(path);
    if (file === undefined) return [];
    const starts = lineStarts(file.text);
    return file.functions
      .filter(({ name }) => name === symbol)
      .map(({ start, end }) => ({
        path,
        symbol,
        start,
        text: file.text.slice(start, end),
        lineOf: (offset: number) => lineAt(starts, offset),
      }));
  });
}

/** `vnc.enable` of `&b_info->u.hvm.vnc.enable`: enough to tell fields of the same name apart. */
export function lastParts(expression: string): string {
  return expression.replaceAll('->', '.').split('.').slice(-2).join('.');
}

const SET = /\blibxl_defbool_setdefault\(&([\w>.-]+),\s*(true|false)\)/g;

/** Chooses between the architectures: a key of the section about Arm takes what Arm chooses. */
function prefer(found: readonly Chosen[], arm: boolean): Chosen | undefined {
  return found.find(({ path }) => path.endsWith(ARM) === arm) ?? found[0];
}

export interface Defaults {
  /** For the target of a call that reads a key, such as `b_info->u.hvm.hpet`. */
  readonly ofField: (target: string, arm: boolean) => Chosen | undefined;
  readonly ofKey: (key: string) => Chosen | undefined;
}

/** Reads what libxl chooses, switches by their field and other values by their key. */
export function readDefaults(corpus: Corpus): Defaults {
  const bodies = bodiesOf(corpus);
  const switches = new Map<string, Chosen[]>();
  for (const { path, symbol, text, start, lineOf } of bodies) {
    for (const { index, 1: target = '', 2: value = '' } of text.matchAll(SET)) {
      const parts = lastParts(target);
      const chosen = { value, path, symbol, line: lineOf(start + index) };
      switches.set(parts, [...(switches.get(parts) ?? []), chosen]);
    }
  }
  return {
    ofField: (target, arm) => {
      const found = switches.get(lastParts(target)) ?? [];
      return found.length > 1 && found.every(({ path }) => path.endsWith(CREATE))
        ? undefined
        : prefer(found, arm);
    },
    ofKey: (key) => {
      const pattern = ASSIGNED[key];
      if (pattern === undefined) return undefined;
      for (const { path, symbol, text, start, lineOf } of bodies) {
        const match = pattern.exec(text);
        if (match === null) continue;
        const value = (match[1] ?? '').toLowerCase();
        return { value, path, symbol, line: lineOf(start + match.index) };
      }
      return undefined;
    },
  };
}
