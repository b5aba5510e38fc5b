import { beforeAll, describe, expect, it } from 'vitest';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import type { Corpus } from '../../corpus.ts';
import type { Adjustment } from './adjustments.ts';
import { handlingsFor, type Parent } from './cells.ts';
import { cpuidFeature } from './index.ts';
import { verdictOn } from './verdicts/index.ts';

const POLICY = 'xen/arch/x86/cpu-policy.c';
let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function named(name: string) {
  return cpuidFeature.extract(whole).facts.find(({ attributes }) => attributes.name === name);
}

it('knows a feature by the release', () => {
  expect(verdictOn('X2APIC', '4.17.0', true)?.sites).toContain('set recalculate_cpuid_policy');
  expect(verdictOn('X2APIC', '4.13.0', true)?.sites).toEqual(['set recalculate_cpuid_policy']);
  expect(verdictOn('ITSC', '4.16.0', true)?.sites).toEqual(['copy init_domain_cpuid_policy']);
  expect(verdictOn('ARCH_CAPS', '4.14.0', true)).toBeUndefined();
  expect(verdictOn('HLE', '4.15.0', true)?.sites).toContain('set recalculate_cpuid_policy');
  expect(verdictOn('X2APIC', '4.22.0', true)?.sites).toContain('set calculate_pv_max_policy');
  expect(verdictOn('FPU', '4.22.0', true)).toBeUndefined();
});

it('knows features that only the host, an option or libxl takes away', () => {
  expect(verdictOn('RDRAND', '4.13.0', false)).toBeUndefined();
  expect(verdictOn('PAE', '4.13.0', false)).toBeUndefined();
  expect(verdictOn('PAE', '4.22.0', false)?.sites).toEqual([]);
});

it('takes a verdict where the bit is adjusted, and the mask elsewhere', () => {
  expect(named('X2APIC')?.guests.pv[0]?.how).toBe('opt-in');
  expect(named('APIC')?.guests.hvm.map(({ how }) => how)).toEqual(['exposed', 'hidden']);
  expect(named('APIC')?.guests.pv[0]).toMatchObject({ how: 'exposed', by: 'xen' });
  expect(named('FPU')?.guests.pvh).toMatchObject([{ how: 'exposed', by: 'xen' }]);
});

it('says what CPUID shows without faulting, and nothing of it for an MSR', () => {
  const last = (name: string, guest: 'pv' | 'pv-shim' | 'pv-dom0') =>
    named(name)?.guests[guest].at(-1);
  expect(last('FPU', 'pv')).toMatchObject({ how: 'native', by: 'cpu' });
  expect(last('FPU', 'pv-shim')).toMatchObject({ how: 'exposed', by: 'shim' });
  expect(last('FPU', 'pv-dom0')?.when).toEqual({ cmdline: 'dom0=no-cpuid-faulting' });
  expect(named('RDCL_NO')?.guests.pv).toMatchObject([{ how: 'exposed', by: 'xen' }]);
});

it.each([
  ['another place', '__set_bit(X86_FEATURE_X2APIC', '__clear_bit(X86_FEATURE_X2APIC', '`X2APIC`'],
  ['a feature without a verdict', 'X86_FEATURE_RRSBA, fs', 'X86_FEATURE_PSE, fs', '`PSE`'],
])('tells of %s', (_what, from, to, actual) => {
  const text = whole.texts.get(POLICY) ?? '';
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const { problems } = cpuidFeature.extract(
    whole.withTexts(new Map(whole.texts).set(POLICY, changed)),
  );
  expect(problems).toContainEqual(
    expect.objectContaining({
      kind: 'construct-unknown',
      place: expect.objectContaining({ path: POLICY }),
      actual: expect.stringContaining(actual),
    }),
  );
});

describe('by the mask', () => {
  const feature = { name: 'WHEEL', word: 0, bit: 3, special: false, accumulates: false, line: 1 };
  const word = { word: 0, leaf: 1, subleaf: null, register: 'edx', msr: null };
  const cited = {
    declaration: 0,
    sites: new Map([
      ['wind', 3],
      ['water', 4],
    ]),
    native: 1,
    verdict: [],
    options: new Set<string>(),
    policies: POLICY,
    cite: () => 2,
  };
  const given = (
    guest: GuestType,
    release: string,
    letters: string,
    parents: readonly Parent[] = [],
    adjusted: readonly Adjustment[] = [],
  ) =>
    handlingsFor(
      guest,
      release,
      { ...feature, letters },
      word,
      adjusted,
      undefined,
      cited,
      parents,
    );

  it('knows from which release on Xen makes use of CPUID user disable', () => {
    const when = (release: string) => given('pv', release, 'A').at(-1)?.when;
    expect(when('4.17.0')).toEqual({ feature: ['!cpuid-faulting'] });
    expect(when('4.18.0')).toEqual({ feature: ['!cpuid-faulting', '!cpuid-user-dis'] });
  });

  it('says how a domain that Xen builds asks for a feature', () => {
    expect(given('pvh', '4.22.0', 'a')).toEqual([{ how: 'opt-in', by: 'xen', evidence: [0] }]);
    expect(given('pvh-dom0', '4.22.0', 'a')).toMatchObject([
      { how: 'opt-in', note: 'With `dom0-cpuid=` on Xen’s command line.' },
    ]);
    expect(given('pvh-dom0', '4.16.0', 'a')).toMatchObject([{ how: 'hidden' }]);
  });

  const place = (symbol: string, more: Partial<Adjustment> = {}): Adjustment => ({
    ...{ name: 'WHEEL', line: 1, action: 'set', gates: [], path: POLICY, symbol },
    ...{ guests: 'all', stage: 'max' },
    ...more,
  });

  it('says that the shim has to find a feature in its container, unless Xen sets it', () => {
    const option = 'With `dom0-cpuid=` on the command line of the shim';
    expect(given('pv-shim', '4.22.0', 'a')[0].note).toBe(
      `${option}, where \`cpuid=\` gives the bit to its container.`,
    );
    expect(given('pv-shim', '4.22.0', 'a', [], [place('wind')])[0].note).toBe(`${option}.`);
  });

  it('cites a place only where its conditions leave it to the guest', () => {
    const adjusted = [
      place('wind', { gates: ['is_pv_32bit_domain'] }),
      place('water', { gates: ['is_hvm_domain'] }),
    ];
    const evidence = (guest: GuestType) => given(guest, '4.22.0', 'A', [], adjusted)[0].evidence;
    expect(evidence('pv')).toEqual([0, 3]);
    expect(evidence('hvm')).toEqual([0, 4]);
  });

  it('takes along what libxl clears', () => {
    const pae: Parent = {
      feature: { ...feature, name: 'PAE', letters: 'A' },
      adjusted: [],
      verdict: verdictOn('PAE', '4.22.0', false),
      declaration: { path: 'features.h' },
    };
    expect(given('hvm', '4.22.0', 'A', [pae])).toMatchObject([
      { how: 'exposed' },
      {
        how: 'hidden',
        when: { xl: { pae: 0 } },
        note: 'It depends on PAE, which is hidden then.',
      },
    ]);
    expect(given('pvh', '4.22.0', 'A', [pae])).toMatchObject([{ how: 'exposed' }]);
  });
});
