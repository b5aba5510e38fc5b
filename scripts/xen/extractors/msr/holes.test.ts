import { expect, it } from 'vitest';
import type { Hole } from './bitmap.ts';
import { monitored, withHoles } from './holes.ts';
import type { Conditional } from './outcome.ts';

const GP: Conditional['outcome'] = { how: 'refused', by: 'xen', effect: '#GP' };
const hole = (...when: string[][]): Hole => ({
  vendor: 'intel',
  access: 'read',
  msrs: [],
  except: [],
  closed: [],
  when,
  path: 'x.c',
  symbol: 'open',
  anchor: 'clear',
});
const said = (all: readonly Conditional[]) =>
  all.map(({ outcome, tokens }) => [outcome.how, ...tokens].join(' '));

it('refuses what is refused to everyone where the bitmap is not open', () => {
  const always = { outcome: GP, tokens: new Set<string>() };
  expect(said(withHoles([always], [hole(['feature:apicv', 'guest:x2apic-mode'])]))).toEqual([
    'hardware feature:apicv guest:x2apic-mode',
    'refused !feature:apicv',
    'refused !guest:x2apic-mode',
  ]);
  expect(said(withHoles([always], []))).toEqual(['refused']);
});

it('keeps a refusal that has a condition of its own, or exceptions', () => {
  const opening = hole(['feature:lbr-msr', 'guest:lbr-enabled']);
  const bad = { outcome: GP, tokens: new Set(['guest:bad-msr-value']) };
  expect(said(withHoles([bad], [opening]))).toContain('refused guest:bad-msr-value');
  const always = { outcome: GP, tokens: new Set<string>() };
  const relaxed = { outcome: GP, tokens: new Set(['xl:msr_relaxed']) };
  expect(said(withHoles([always, relaxed], [opening]))).toContain('refused');
});

it('says once what the bitmap leaves to the code, however bad the value', () => {
  const without = { outcome: GP, tokens: new Set(['!cpuid:pks']) };
  const bad = { outcome: GP, tokens: new Set(['guest:bad-msr-value']) };
  expect(said(withHoles([without, bad], [hole(['cpuid:pks'])]))).toEqual([
    'hardware cpuid:pks',
    'refused !cpuid:pks',
  ]);
});

it('gives introspection the writes that the bitmap leaves open and the code would take', () => {
  const star = { names: [], first: 0xc0000081, last: 0xc0000081, partial: false };
  const does = (...tokens: string[]): Conditional => ({
    outcome: { how: 'emulated', by: 'xen' },
    tokens: new Set(tokens),
  });
  const seen = 'emulated guest:introspection';
  expect(said(monitored([does()], [hole(['paging:hap'])], star))).toEqual([seen]);
  expect(said(monitored([does('cpuid:pks')], [hole(['cpuid:pks'])], star))).toEqual([
    'emulated cpuid:pks guest:introspection',
  ]);
  expect(monitored([does()], [], star)).toEqual([]);
  expect(monitored([{ outcome: GP, tokens: new Set() }], [hole([])], star)).toEqual([]);
  const late = { ...star, first: 0xc0011027, last: 0xc0011027 };
  expect(monitored([does()], [hole([])], late)).toEqual([]);
});
