import { describe, expect, it } from 'vitest';
import { HOWS } from '../model/handling.ts';
import {
  conditionWords,
  filterOf,
  GLANCE_ORDER,
  glanceOf,
  glanceWords,
  handlingSentence,
  symbolOf,
  verdictWords,
} from './handling-words.ts';

describe('verdictWords', () => {
  it('names the doer where it matters', () => {
    expect(verdictWords({ how: 'emulated', by: 'qemu' })).toBe('emulated by QEMU');
    expect(verdictWords({ how: 'hardware', by: 'cpu' })).toBe('hardware');
  });

  it('names the effect of a refusal', () => {
    expect(verdictWords({ how: 'refused', by: 'xen', effect: 'all-ones' })).toBe(
      'refused: all ones',
    );
  });
});

describe('symbolOf', () => {
  it('tells what Xen emulates from what QEMU emulates', () => {
    expect(symbolOf({ how: 'emulated', by: 'xen' })).toBe('emulated');
    expect(symbolOf({ how: 'emulated', by: 'qemu' })).toBe('emulated-qemu');
  });
});

describe('glanceOf', () => {
  it('says of what is emulated by whom', () => {
    const firmware = glanceOf({ how: 'emulated', by: 'firmware' });
    expect(glanceWords(firmware)).toBe('emulated by the firmware');
    expect(filterOf(firmware)).toEqual({ how: 'emulated', by: 'firmware' });
    const qemu = glanceOf({ how: 'emulated', by: 'qemu' });
    expect([glanceWords(qemu), filterOf(qemu)]).toEqual([
      'emulated by QEMU',
      { how: 'emulated', by: 'qemu' },
    ]);
    expect(glanceWords(glanceOf({ how: 'refused', by: 'xen' }))).toBe('refused');
  });

  it('has one place in the order for everything that a cell may say', () => {
    const words = GLANCE_ORDER.map(glanceWords);
    expect(new Set(words).size).toBe(words.length);
    for (const how of HOWS) expect(words).toContain(glanceWords(glanceOf({ how })));
  });
});

describe('handlingSentence', () => {
  it('spells the condition out', () => {
    expect(
      handlingSentence({
        how: 'hardware',
        by: 'cpu',
        when: { vendor: 'intel', guest: ['x2apic-mode'] },
        evidence: [],
      }),
    ).toBe(
      'On Intel, when the local APIC is in x2APIC mode: handled by the hardware, without an exit.',
    );
  });

  it('names the direction before the condition', () => {
    expect(conditionWords({ how: 'refused', access: 'write', evidence: [] })).toBe('Writes');
  });

  it('has words for every verdict', () => {
    for (const how of HOWS) {
      expect(handlingSentence({ how, evidence: [] })).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says what a refusal looks like', () => {
    expect(handlingSentence({ how: 'refused', by: 'xen', effect: '#GP', evidence: [] })).toBe(
      'Refused by Xen (a general protection fault).',
    );
  });
});
