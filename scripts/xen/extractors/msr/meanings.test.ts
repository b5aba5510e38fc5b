import { expect, it } from 'vitest';
import { type Accessor, askedMeaning, delegateMeaning, meaningOf } from './meanings.ts';

const lacked: string[] = [];
const GUEST: Accessor = {
  guest: 'hvm',
  vendor: 'intel',
  index: 0x400,
  last: 0x400,
  access: 'read',
  lastBranch: false,
  canHave: (feature) => feature !== 'RARE',
  lacks: (feature) => lacked.push(feature),
};

it('asks the policy for a feature, unless the vendor or the guest type never has it', () => {
  expect(meaningOf(GUEST, 'cp->feat.pks')).toEqual({ yes: ['cpuid:pks'], no: ['!cpuid:pks'] });
  expect(meaningOf({ ...GUEST, vendor: 'amd' }, 'cp->feat.pks')).toBe(false);
  expect(meaningOf(GUEST, 'cp->extd.rare')).toBe(false);
  expect(lacked).toEqual(['pks', 'rare']);
});

it('asks for the controls without which the policy never has MPX', () => {
  const controls = 'feature:vmx-bndcfgs';
  expect(meaningOf(GUEST, 'cp->feat.mpx')).toEqual({ yes: [controls], no: [`!${controls}`] });
});

it('lets a group of Viridian be asked for by name where the defaults leave it off', () => {
  const judge = (bit: string) => meaningOf(GUEST, `viridian_feature_mask(d) & HVMPV_${bit}`);
  expect(judge('stimer')).toEqual({ yes: ['xl:viridian=stimer'], no: ['!xl:viridian=stimer'] });
  expect(judge('synic')).toMatchObject({ orYes: [['xl:viridian=stimer']] });
  expect(judge('time_ref_count')).toEqual({ yes: [], no: ['guest:msr-not-implemented'] });
  expect(judge('no_freq')).toEqual({ yes: ['guest:msr-not-implemented'], no: [] });
});

it('knows which machine check registers refuse', () => {
  const judge = (index: number, access: 'read' | 'write', more: Partial<Accessor> = {}) =>
    meaningOf({ ...GUEST, index, last: index, access, ...more }, `vmce_${access}(msr, val) < 0`);
  expect(judge(0x400, 'read')).toEqual({ yes: null, no: [], orNo: [] });
  expect(judge(0x400, 'write')).toMatchObject({ yes: ['value'], no: ['!value'] });
  expect(judge(0x17a, 'write')).toBe(false);
  expect(judge(0x4d0, 'read')).toMatchObject({ no: ['xl:mca_caps=lmce'] });
  expect(judge(0x4d0, 'read', { guest: 'pv' })).toBe(true);
});

it('knows what a vCPU has of the machine check registers', () => {
  const judge = (index: number, last: number, vendor: 'intel' | 'amd' = 'intel') =>
    meaningOf({ ...GUEST, vendor, index, last }, 'vmce_rdmsr(msr, val) < 0');
  const none = { yes: null, no: ['guest:vmce-none'] };
  expect(judge(0x408, 0x47f)).toEqual(none);
  expect(judge(0x400, 0x47f)).toMatchObject({
    orNo: [['guest:vmce-none', 'guest:msr-not-implemented']],
  });
  expect(judge(0x280, 0x281)).toEqual({ yes: null, no: [], orNo: [] });
  expect(judge(0x280, 0x29f, 'amd')).toEqual(none);
  expect(judge(0, 0)).toBe(false);
  expect(judge(0, 0, 'amd')).toMatchObject({ no: ['guest:vmce-nothing-to-read'] });
});

it('refuses the access that a register of the local APIC does not have', () => {
  const judge = (index: number, access: 'read' | 'write', last = index) =>
    delegateMeaning({ ...GUEST, index, last, access }, 'guest_rdmsr_x2apic');
  const mode = 'guest:x2apic-mode';
  expect(judge(0x80b, 'read')).toBe(false);
  expect(judge(0x80b, 'write')).toMatchObject({ yes: [mode], orNo: [[mode, 'value']] });
  expect(judge(0x838, 'write')).toMatchObject({ yes: [mode], orNo: [] });
  expect(judge(0x839, 'write')).toBe(false);
  expect(judge(0x809, 'read')).toBe(false);
  expect(judge(0x800, 'write', 0x807)).toBe(false);
  expect(judge(0x800, 'read', 0x807)).toMatchObject({
    orNo: [[mode, 'guest:msr-not-implemented']],
  });
  expect(judge(0x840, 'read', 0x8ff)).toBe(false);
});

it('reads a register of the host’s local APIC in x2APIC mode only', () => {
  const judge = (index: number) =>
    meaningOf({ ...GUEST, guest: 'pv', index, last: index }, 'rdmsr_safe(reg, &tmp)');
  expect(judge(0x10)).toEqual({ yes: ['!feature:host-msr'], no: ['feature:host-msr'] });
  expect(judge(0x808)).toEqual({ yes: ['!feature:host-x2apic'], no: ['feature:host-x2apic'] });
  expect(judge(0x80b)).toBe(true);
  expect(judge(0x840)).toMatchObject({ no: ['feature:host-x2apic', 'feature:host-msr'] });
});

it('reads no register of the host that is for writes only', () => {
  expect(meaningOf({ ...GUEST, index: 0x49, last: 0x49 }, 'rdmsr_safe(reg, &tmp)')).toBe(true);
});

it('lets a PV dom0 alone be a cpufreq controller, and pins it then', () => {
  const judge = (guest: Accessor['guest'], text: string) => meaningOf({ ...GUEST, guest }, text);
  const controller = 'cmdline:cpufreq=dom0-kernel';
  expect(judge('pv-dom0', 'is_cpufreq_controller(d)')).toMatchObject({ yes: [controller] });
  expect(judge('pvh-dom0', 'is_cpufreq_controller(d)')).toBe(false);
  expect(judge('pv-dom0', 'is_hwdom_pinned_vcpu(curr)')).toMatchObject({ orYes: [[controller]] });
});

it('knows which writes the virtual PMU refuses', () => {
  const judge = (vendor: 'intel' | 'amd', index: number) =>
    meaningOf({ ...GUEST, vendor, index, access: 'write' }, 'vpmu_do_wrmsr(msr, val)');
  const lacks = ['guest:vpmu-refuses', 'guest:msr-not-implemented'];
  const bad = ['guest:vpmu-refuses', 'value'];
  expect(judge('intel', 0xc1)).toEqual({ yes: lacks, no: [] });
  expect(judge('intel', 0x186)).toEqual({ yes: lacks, no: [], orYes: [bad] });
  expect(judge('intel', 0x309)).toEqual({ yes: lacks, no: [], orYes: [bad] });
  expect(judge('intel', 0x38d)).toEqual({ yes: bad, no: [] });
  expect(judge('intel', 0x38e)).toMatchObject({ yes: [...bad, 'guest:vpmu-no-status'] });
  expect(judge('intel', 0x3f1)).toEqual({ yes: bad, no: ['guest:vpmu-drops'] });
  expect(judge('intel', 0x600)).toMatchObject({
    yes: ['guest:vpmu-refuses', 'guest:vpmu-no-bts'],
    no: ['guest:vpmu-bts', 'feature:host-msr'],
  });
  expect(judge('amd', 0xc0010000)).toMatchObject({ yes: ['guest:vpmu-refuses', 'value'] });
  expect(judge('amd', 0xc0010200)).toMatchObject({ yes: ['guest:vpmu-refuses', 'value'] });
  expect(judge('amd', 0xc0010004)).toBe(false);
  expect(judge('amd', 0xc0010201)).toBe(false);
});

it('knows what the virtual PMU gives for a counter that the CPU lacks', () => {
  const judge = (guest: 'pv' | 'hvm', vendor: 'intel' | 'amd', index: number) =>
    meaningOf({ ...GUEST, guest, vendor, index }, 'vpmu_do_rdmsr(msr, val)');
  const zero = ['guest:vpmu-zero', 'guest:msr-not-implemented'];
  const unset = ['guest:vpmu-unset', 'guest:msr-not-implemented'];
  expect(judge('hvm', 'intel', 0x30b)).toEqual({ yes: null, no: [], orNo: [zero] });
  expect(judge('pv', 'intel', 0xc8)).toEqual({ yes: null, no: [], orNo: [unset] });
  expect(judge('hvm', 'intel', 0x38d)).toBe(false);
  expect(judge('hvm', 'intel', 0x38e)).toMatchObject({ no: ['guest:vpmu-no-overflow'] });
  expect(judge('hvm', 'amd', 0xc0010004)).toBe(false);
});

it('lets xl.cfg relax the MSRs of a domU, and the command line those of dom0', () => {
  const judge = (guest: Accessor['guest']) =>
    meaningOf({ ...GUEST, guest }, 'currd->arch.msr_relaxed');
  expect(judge('pv')).toEqual({ yes: ['xl:msr_relaxed'], no: [] });
  expect(judge('pvh-dom0')).toEqual({ yes: ['cmdline:dom0=msr-relaxed'], no: [] });
  expect(judge('pv-shim')).toEqual({ yes: ['cmdline:dom0=msr-relaxed'], no: [] });
});

it('knows what the machine check registers have where they are asked about every MSR', () => {
  const asked = (index: number, more: Partial<Accessor> = {}) =>
    askedMeaning({ ...GUEST, index, last: index, ...more }, 'vmce_rdmsr');
  expect(asked(0x179)).toEqual({ refuses: false });
  expect(asked(0x407, { access: 'write' })).toMatchObject({
    refuses: { yes: ['value'], no: ['!value'], orNo: [] },
  });
  expect(asked(0x408)).toEqual({ refuses: null });
  expect(asked(0x281)).toMatchObject({ refuses: { yes: null, no: [], orNo: [] } });
  expect(asked(0x281, { vendor: 'amd' })).toEqual({ refuses: null });
  expect(asked(0xc0000408, { vendor: 'amd' })).toEqual({ refuses: false, does: '*val = 0' });
  expect(asked(0xc0000408)).toEqual({ refuses: null });
  expect(askedMeaning(GUEST, 'ask_wheels')).toBeNull();
});

it('does not take a question about profiled domains for a value', () => {
  expect(meaningOf(GUEST, 'passive_domain_do_wrmsr(msr, msr_content)')).toBe(false);
});

it('tells 32-bit PV guests from others', () => {
  expect(meaningOf(GUEST, 'is_pv_32bit_domain(currd)')).toEqual({
    yes: ['bits:32'],
    no: ['!bits:32'],
  });
});
