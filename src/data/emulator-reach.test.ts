import { describe, expect, it } from 'vitest';
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import { type Fact, factSchema } from '../schema/fact.ts';
import { emulatorReach } from './emulator-reach.ts';

const FILE = 'xen/arch/x86/hvm/emulate.c';

function columns(guests: readonly GuestType[]) {
  return Object.fromEntries(
    GUEST_TYPES.map((guest) => [
      guest,
      [
        guests.includes(guest)
          ? { how: 'emulated', by: 'xen', evidence: [0] }
          : { how: 'absent', evidence: [0] },
      ],
    ]),
  );
}

function fact(
  kind: string,
  id: string,
  guests: readonly GuestType[],
  attributes: object,
  symbol = 'x86_emulate',
): Fact {
  return factSchema.parse({
    kind,
    id: `${kind}/${id}`,
    title: id,
    origin: 'extracted',
    release: '4.22.0',
    history: [],
    guests: columns(guests),
    evidence: [{ path: FILE, symbol }],
    attributes,
  });
}

function call(caller: string, callee: string, guests: readonly GuestType[] = ['hvm']): Fact {
  const trigger = `what ${caller} is for`;
  const attributes = {
    caller,
    callee,
    trigger,
    executes: callee !== 'x86_decode_insn',
    filter: null,
    file: FILE,
    nth: 1,
  };
  return fact('emulator-caller', `${caller}-${callee}`.replaceAll('_', '-'), guests, attributes);
}

function exit(id: string, emulatorPath: readonly string[], handler: string): Fact {
  const attributes = {
    vendor: 'svm',
    name: id,
    code: 1,
    handled: true,
    handler: null,
    emulates: 'conditional',
    emulatesWhen: 'it has to',
    emulatorPath,
    decoderPath: [],
    calls: [],
    intercept: { byDefault: 'always', controls: [], changes: [], namedIn: [] },
    kconfig: [],
    realMode: false,
  };
  return fact('vm-exit', id, ['hvm'], attributes, handler);
}

const FACTS = [
  call('svm_handler', 'emulate_one'),
  call('page_fault', 'mmio'),
  call('mmio', 'emulate_one'),
  call('emulate_one', 'x86_emulate'),
  call('priv_op', 'x86_emulate', ['pv']),
  exit('npf', ['do_fault', 'page_fault', 'mmio', 'emulate_one', 'x86_emulate'], 'svm_handler'),
  exit('ioio', ['emulate_one', 'x86_emulate'], 'svm_handler'),
];

describe('emulatorReach', () => {
  const reach = emulatorReach(FACTS, ['hvm']);

  it('tells where a way begins from what others lead to, the furthest first', () => {
    expect(reach.entries.map(({ name }) => name)).toEqual(['page_fault', 'svm_handler']);
    expect(reach.shared.map(({ name }) => name)).toEqual(['mmio', 'emulate_one', 'x86_emulate']);
  });

  it('leads from an exit along its path, or to its handler where that calls the emulator itself', () => {
    const ways = reach.causes.flatMap((cause) =>
      cause.ways.map(({ to, through }) => [cause.title, to, through]),
    );
    expect(ways).toEqual([
      ['npf', 'page_fault', ['do_fault']],
      ['ioio', 'svm_handler', []],
    ]);
  });

  it('has what serves the guest types, and nothing for those that nothing serves', () => {
    expect(emulatorReach(FACTS, ['pv']).entries.map(({ name }) => name)).toEqual(['priv_op']);
    expect(emulatorReach(FACTS, ['arm'])).toMatchObject({ causes: [], entries: [], shared: [] });
  });

  it('leaves out what the pinned release no longer has', () => {
    const history = [{ release: '4.22', change: 'removed' as const }];
    const gone = FACTS.map((one) => ({ ...one, history }));
    expect(emulatorReach(gone, ['hvm']).entries).toEqual([]);
  });

  it('names a function whose calls go in a circle', () => {
    expect(() => emulatorReach([...FACTS, call('emulate_one', 'mmio')], ['hvm'])).toThrow(/circle/);
  });

  it('does not depend on the order of the facts', () => {
    const names = (facts: readonly Fact[]) =>
      emulatorReach(facts, ['hvm']).shared.map(({ name }) => name);
    expect(names([...FACTS].reverse())).toEqual(names(FACTS));
  });
});
