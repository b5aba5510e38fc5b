import { expect, it } from 'vitest';
import type { Handling } from '../model/handling.ts';
import { likenessOf } from './compare-guests.ts';
import { differenceWords } from './difference-words.ts';

const absent: Handling = { how: 'absent', evidence: [] };
const refused: Handling = { how: 'refused', by: 'xen', effect: '#GP', evidence: [] };
const byXen: Handling = { how: 'emulated', by: 'xen', evidence: [] };
const byQemu: Handling = { how: 'emulated', by: 'qemu', evidence: [] };
const hardware: Handling = { how: 'hardware', by: 'cpu', evidence: [] };

function say(pvh: readonly Handling[], hvm: readonly Handling[]): string {
  return differenceWords(
    likenessOf(pvh, hvm),
    { title: 'PVH domU', cell: pvh },
    { title: 'HVM domU', cell: hvm },
  );
}

it.each([
  [[byXen], [byXen], 'Both: emulated by Xen.'],
  [[byXen, refused], [byXen, refused], 'Both: emulated by Xen, and 1 more case alike.'],
  [[absent], [absent], 'Neither has it.'],
  [
    [absent],
    [byQemu],
    'PVH domU does not have it; QEMU emulates it for HVM domU. Only HVM domU reaches QEMU’s emulation here.',
  ],
  [
    [hardware],
    [refused],
    'The hardware handles it for PVH domU, without an exit; Xen refuses it to HVM domU (a general protection fault).',
  ],
  [[byXen], [{ how: 'unknown', note: 'Not read.', evidence: [] }], 'Not established for HVM domU.'],
] satisfies [Handling[], Handling[], string][])('says of %j and %j: %s', (pvh, hvm, words) => {
  expect(say(pvh, hvm)).toBe(words);
});

it('says of a default that has a condition which condition that is', () => {
  const withHap: Handling = { ...hardware, when: { paging: 'hap' } };
  expect(say([withHap], [byXen])).toBe(
    'PVH domU, with HAP: handled by the hardware, without an exit; Xen emulates it for HVM domU. Only HVM domU reaches Xen’s emulation here.',
  );
});

it('says “by default” where a condition changes it, and that emulation is reached under a condition', () => {
  const shadow: Handling = { ...byXen, when: { paging: 'shadow' } };
  expect(say([refused], [hardware, shadow])).toBe(
    'By default Xen refuses it to PVH domU (a general protection fault); the hardware handles it for HVM domU, without an exit. Only HVM domU reaches Xen’s emulation here, under a condition.',
  );
});

it('writes out a few conditions that only one has, and counts many', () => {
  const on = (xl: string): Handling => ({ ...refused, when: { xl: { [xl]: 1 } } });
  expect(say([byXen, on('hpet')], [byXen])).toBe(
    'Both: emulated by Xen. Only for PVH domU: with `hpet=1` in xl.cfg: refused by Xen (a general protection fault).',
  );
  expect(say([byXen, on('a'), on('b'), on('c')], [byXen, on('d')])).toBe(
    'Both: emulated by Xen. 3 conditions hold for PVH domU only. 1 condition holds for HVM domU only.',
  );
});
