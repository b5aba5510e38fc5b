import { describe, expect, it } from 'vitest';
import { pathIn } from './moves.ts';

describe('pathIn', () => {
  it.each([
    ['tools/libs/light/libxl_dm.c', '4.15.0', 'tools/libs/light/libxl_dm.c'],
    ['tools/libs/light/libxl_dm.c', '4.14.0', 'tools/libxl/libxl_dm.c'],
    ['tools/libs/light/', '4.13.0', 'tools/libxl/'],
    ['xen/arch/arm/include/asm/domain.h', '4.16.0', 'xen/include/asm-arm/domain.h'],
    ['xen/arch/arm/include/asm/domain.h', '4.17.0', 'xen/arch/arm/include/asm/domain.h'],
    ['tools/libs/guest/xg_cpuid_x86.c', '4.14.0', 'tools/libxc/xc_cpuid_x86.c'],
    ['tools/libs/guest/xg_core.c', '4.16.0', 'tools/libs/guest/xg_core.c'],
    ['tools/libs/guest/xg_core.c', '4.15.0', 'tools/libs/ctrl/xc_core.c'],
    ['tools/libs/guest/xg_core.c', '4.14.0', 'tools/libxc/xc_core.c'],
    ['tools/libs/ctrl/xc_private.c', '4.14.0', 'tools/libxc/xc_private.c'],
    ['tools/libs/foreignmemory/core.c', '4.14.0', 'tools/libs/foreignmemory/core.c'],
    ['xen/common/sched/core.c', '4.13.0', 'xen/common/schedule.c'],
  ])('knows where %s is in %s', (path, release, expected) => {
    expect(pathIn(path, release)).toBe(expected);
  });
});
