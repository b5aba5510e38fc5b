import { GUEST_TYPE_WORDS, GUEST_TYPES, type PerGuest, perGuest } from '../model/guest-types.ts';
import type { Fact, FactOf } from '../schema/fact.ts';

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

const word = (text: string): AttributePart => ({ text, as: 'word' });
const code = (text: string): AttributePart => ({ text, as: 'code' });
const symbol = (text: string): AttributePart => ({ text, as: 'symbol' });
const file = (text: string): AttributePart => ({ text, as: 'file' });

function row(label: string, ...lines: (readonly AttributePart[])[]): AttributeRow {
  return { label, lines };
}

/** A row, or none when the value is absent. */
function optional(
  label: string,
  value: string | null,
  part: (text: string) => AttributePart,
): AttributeRow[] {
  return value === null ? [] : [row(label, [part(value)])];
}

function several(label: string, lines: readonly (readonly AttributePart[])[]): AttributeRow[] {
  return lines.length === 0 ? [] : [{ label, lines }];
}

export function hex(value: number, digits = 0): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** Guest types by the value that they share, such as `mandatory: HVM domU`. */
function byValue(values: PerGuest<string | null>): AttributePart[][] {
  const groups = new Map<string, string[]>();
  for (const guest of GUEST_TYPES) {
    const value = values[guest];
    if (value === null) continue;
    groups.set(value, [...(groups.get(value) ?? []), GUEST_TYPE_WORDS[guest].title]);
  }
  return [...groups].map(([value, guests]) => [word(`${value}: ${guests.join(', ')}`)]);
}

/** Whether the flag is asked for; what Xen forces whatever was asked for is told apart. */
function chosenWords({
  chosen,
  forced,
}: FactOf<'emulation-flag'>['attributes']): PerGuest<string | null> {
  return perGuest((guest) => {
    if (forced.includes(guest)) return null;
    const asked = chosen[guest];
    return asked === null ? null : asked ? 'asked for' : 'not asked for';
  });
}

function emulationFlag({ attributes: a }: FactOf<'emulation-flag'>): AttributeRow[] {
  return [
    row('Flag', [symbol(a.name)]),
    row('Bit', [code(String(a.bit))]),
    ...several('Permitted by Xen', byValue(a.permitted)),
    ...several(
      'Set by Xen whatever was asked for',
      a.forced.map((guest) => [word(GUEST_TYPE_WORDS[guest].title)]),
    ),
    ...several('Chosen by the toolstack', byValue(chosenWords(a))),
    ...optional('Changed in xl.cfg by', a.option, code),
    ...several(
      'Options about it',
      a.related.map(({ option, where, changesFlag, effect }) => [
        code(option),
        word(
          ` (${where}): ${effect} ${changesFlag ? 'It changes the flag.' : 'The flag stays as it is.'}`,
        ),
      ]),
    ),
    ...optional('Tested by', a.gate, symbol),
    ...several(
      'Tested in',
      a.gated.map((place) => [symbol(place.symbol), word(' in '), file(place.path)]),
    ),
  ];
}

export const CALLER_WORDS = {
  pv32: '32-bit PV',
  pv64: '64-bit PV',
  hvm32: '32-bit HVM and PVH',
  hvm64: '64-bit HVM and PVH',
  arm: 'Arm',
} as const;

const CALLERS = Object.keys(CALLER_WORDS) as (keyof typeof CALLER_WORDS)[];

function hypercall({ attributes: a }: FactOf<'hypercall'>): AttributeRow[] {
  return [
    row('Name', [symbol(a.name)]),
    row('Number', [code(String(a.number))]),
    ...CALLERS.map((caller) => {
      const handler = a.callers[caller];
      return row(CALLER_WORDS[caller], [handler === null ? word('no handler') : symbol(handler)]);
    }),
    ...optional('Exists in builds with', a.kconfig, code),
    ...several(
      'Arms of the table',
      a.arms.map((arm) => [
        code(arm.kconfig),
        word(`: ${arm.callers.map((caller) => CALLER_WORDS[caller]).join(', ')}`),
      ]),
    ),
    ...(a.operations === null
      ? []
      : [
          row('Filtered by', [symbol(a.operations.gate)]),
          ...several(
            'Operations let through',
            a.operations.allowed.map((name) => [symbol(name)]),
          ),
          ...several(
            'Operations refused by name',
            a.operations.refused.map((name) => [symbol(name)]),
          ),
        ]),
  ];
}

const EXPOSURE_WORDS = {
  default: 'by default',
  max: 'when the configuration asks for it',
  none: 'not at all',
} as const;

const ADJUSTMENT_WORDS = {
  set: 'sets it',
  clear: 'clears it',
  copy: 'takes it from the host',
} as const;

const ADJUSTED_GUESTS = {
  pv: 'PV',
  hvm: 'HVM and PVH',
  all: 'all guests',
  dom0: 'dom0',
} as const;

const STAGE_WORDS = {
  max: 'in the policy of what may be offered',
  default: 'in the policy of what is offered by default',
  both: 'in the policies of what may be and what is offered',
  domain: 'in the policy of the domain',
  'run-time': 'when the guest executes CPUID',
} as const;

function commaList(names: readonly string[]): AttributePart[] {
  return names.flatMap((name, index) => [...(index === 0 ? [] : [word(', ')]), symbol(name)]);
}

/** Names in conditions, of which `!` negates one. */
function conjunction(gates: readonly string[]): AttributePart[] {
  return gates.flatMap((gate, index) => [
    ...(index === 0 ? [] : [word(' and ')]),
    ...(gate.startsWith('!') ? [word('not '), code(gate.slice(1))] : [code(gate)]),
  ]);
}

/** Where a CPUID bit is found: `leaf 0x1, ECX, bit 3`; with the MSR for a word that mirrors one. */
export function cpuidPlace({ attributes: a }: FactOf<'cpuid-feature'>): string {
  const leaf = a.leaf === null ? [] : [`leaf ${hex(a.leaf)}`];
  const subleaf = a.subleaf === null ? [] : [`subleaf ${a.subleaf}`];
  const msr = a.msr === null ? [] : [`MSR ${hex(a.msr)}`];
  const register = a.register === null ? [] : [a.register.toUpperCase()];
  return [...leaf, ...subleaf, ...msr, ...register, `bit ${a.bit}`].join(', ');
}

function cpuidFeature(fact: FactOf<'cpuid-feature'>): AttributeRow[] {
  const { attributes: a } = fact;
  return [
    row('Name', [symbol(a.name)]),
    row('Place', [word(cpuidPlace(fact))]),
    row('Bit of the feature set', [word(`word ${a.word}, bit ${a.bit}`)]),
    ...(a.letters === '' ? [] : [row('Letters', [code(a.letters)])]),
    row('Exposed to PV', [word(EXPOSURE_WORDS[a.exposure.pv])]),
    row('Exposed to HVM and PVH with shadow paging', [
      word(EXPOSURE_WORDS[a.exposure['hvm-shadow']]),
    ]),
    row('Exposed to HVM and PVH with HAP', [word(EXPOSURE_WORDS[a.exposure['hvm-hap']])]),
    ...(a.special ? [row('Special', [word('the value needs handling beyond the masks')])] : []),
    ...(a.accumulates ? [row('Levelling', [word('by OR across a pool of hosts')])] : []),
    ...several(
      'Changed by code',
      a.adjusted.map(({ path, symbol: name, line, action, guests, stage, gates }) => [
        symbol(name),
        word(` ${ADJUSTMENT_WORDS[action]} for ${ADJUSTED_GUESTS[guests]}, ${STAGE_WORDS[stage]}`),
        ...(gates.length === 0 ? [] : [word(', if '), ...conjunction(gates)]),
        word('; '),
        file(path),
        word(`, line ${line}`),
      ]),
    ),
    ...several('Hidden with it', a.hides.length === 0 ? [] : [commaList(a.hides)]),
  ];
}

const REGISTRATION_WORDS = {
  'portio-handler': 'registered with register_portio_handler()',
  relocated: 'moved with relocate_portio_handler()',
  'io-handler': 'an I/O handler with an accept function of its own',
  'pv-branch': 'a branch of the PV port access functions',
  permission: 'a permission of the domain',
  bitmap: 'the I/O bitmap of the hardware',
  constant: 'stated as a constant',
  default: 'what happens when nothing else answers',
} as const;

/** `0x40-0x43`, `0x61`, or `set at run time`. */
export function portRange({ attributes: a }: FactOf<'io-port'>): string {
  if (a.first === null) return 'set at run time';
  if (a.last === null || a.last === a.first) return hex(a.first);
  return `${hex(a.first)}-${hex(a.last)}`;
}

function ioPort(fact: FactOf<'io-port'>): AttributeRow[] {
  const { attributes: a } = fact;
  return [
    row('Ports', [a.first === null ? word(portRange(fact)) : code(portRange(fact))]),
    row('Device', [word(a.device)]),
    ...optional('Handler', a.handler, symbol),
    row('How the source states it', [word(REGISTRATION_WORDS[a.registration])]),
    ...several(
      'Gated by',
      a.gates.map((gate) => [code(gate)]),
    ),
  ];
}

/** The attributes of a fact in readers' words. Attributes without a value are left out. */
export function attributeRows(fact: Fact): AttributeRow[] {
  switch (fact.kind) {
    case 'emulation-flag':
      return emulationFlag(fact);
    case 'hypercall':
      return hypercall(fact);
    case 'cpuid-feature':
      return cpuidFeature(fact);
    case 'io-port':
      return ioPort(fact);
    default:
      return fact satisfies never;
  }
}
