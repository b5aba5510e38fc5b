import { describe, expect, it } from 'vitest';
import { DOM0_PVH, placeOf, TICKS } from './related.ts';

describe('placeOf', () => {
  it.each([
    ['4.13.0', 'tools/libs/light/libxl_dom.c'],
    ['4.14.0', 'tools/libs/light/libxl_x86.c'],
    ['4.22.0', 'tools/libs/light/libxl_x86.c'],
  ])('finds a parameter of libxl in %s', (release, path) => {
    for (const option of TICKS) expect(placeOf(option, release).path).toBe(path);
  });

  it('finds the function that makes dom0, and leaves out the span', () => {
    expect(placeOf(DOM0_PVH, '4.13.0')).toEqual({
      path: 'xen/arch/x86/setup.c',
      symbol: '__start_xen',
      anchor: 'opt_dom0_pvh',
    });
    expect(placeOf(DOM0_PVH, '4.14.0').symbol).toBe('create_dom0');
  });

  it('throws where no span has the release', () => {
    expect(() => placeOf({ ...DOM0_PVH, evidence: [] }, '4.22.0')).toThrow('4.22.0');
  });
});
