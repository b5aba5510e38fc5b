import { describe, expect, it } from 'vitest';
import { countFeatures, FEATURES_OF_LEXICON, findFeatures } from './feature-mentions.ts';
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
  it.each([
    ['the Local APIC in x2APIC mode', ['interrupts/local-apic']],
    ['IO-APIC, HPET and PIT', ['interrupts/io-apic', 'time/hpet', 'time/pit']],
    ['the cfc/cf8 IO ports', ['cpu/in-out', 'devices/pci-config']],
    ['a hypercall for the RTC', ['platform/hypercalls', 'time/rtc']],
    ['the pit of a peach, a topic', []],
  ])('reads %j', (text, features) => {
    expect(findFeatures(text)).toEqual(features);
  });

  it('counts the words of each row in one pass', () => {
    expect([...countFeatures('PIT, PIT and HPET')]).toEqual([
      ['time/pit', 2],
      ['time/hpet', 1],
    ]);
  });

  it('knows no word that a border cannot end', () => {
    expect(FEATURES_OF_LEXICON.length).toBeGreaterThan(100);
    expect(findFeatures('a UNITS of pits, EPTS and the word pic')).toEqual([]);
    expect(findFeatures('#UD and %cr0')).toEqual(['cpu/mov-cr0', 'cpu/undefined-opcode']);
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
