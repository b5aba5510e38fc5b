import { describe, expect, it } from 'vitest';
import { FEATURES_OF_LEXICON, findFeatures } from './feature-mentions.ts';
import { findGuestTypes } from './guest-mentions.ts';
import { findQuestions } from './questions.ts';

describe('findGuestTypes', () => {
  it.each([
    ['PV guests and HVM/PVH guests', ['pv', 'pvh', 'hvm']],
    ['for PV(H) guests', ['pv', 'pvh']],
    ['a PVH dom0 has no QEMU', ['pvh-dom0']],
    ["PV dom0's get a PIT", ['pv-dom0']],
    ['assuming the dom0 is PV', ['pv-dom0']],
    ['pv-shim vcpus', ['pv-shim']],
    ['PVHVM guests', ['hvm']],
    ['Arm guests, and an Arm dom0', ['arm', 'arm-dom0']],
    ['the guest loads PV drivers', []],
    ['dom0 and domU', []],
    ['see xen/arch/x86/PV/x.c', []],
    ['x86/pv: rework', ['pv']],
  ])('reads %j', (text, guests) => {
    expect(findGuestTypes(text)).toEqual(guests);
  });
});

describe('findFeatures', () => {
  const all = new Set(FEATURES_OF_LEXICON);

  it.each([
    ['the Local APIC in x2APIC mode', ['interrupts/local-apic']],
    ['IO-APIC, HPET and PIT', ['interrupts/io-apic', 'time/hpet', 'time/pit']],
    ['the cfc/cf8 IO ports', ['devices/pci-config']],
    ['a hypercall for the RTC', ['platform/hypercalls', 'time/rtc']],
    ['the pit of a peach, a topic', []],
  ])('reads %j', (text, features) => {
    expect(findFeatures(text, all)).toEqual(features);
  });

  it('names rows that exist only', () => {
    expect(findFeatures('PIT and HPET', new Set(['time/pit']))).toEqual(['time/pit']);
  });
});

describe('findQuestions', () => {
  it('counts the paragraphs that ask', () => {
    const paragraphs = [
      'Hi all,',
      'Is it so? (It may be.)',
      'See https://example.org/?q=1 for `a ? b : c`.',
      "I'd appreciate if you could say\nwhat it means.",
      'Is it "so"?',
      'What of VT-x?!',
      'No.',
    ];
    expect(findQuestions(paragraphs)).toEqual([
      { paragraph: 2 },
      { paragraph: 4 },
      { paragraph: 5 },
      { paragraph: 6 },
    ]);
  });
});
