/** Features that `guest_cpuid()` changes each time that CPUID runs. */
import { CONTAINERS, cells, exposed, hidden, PV, type Verdict } from './verdict.ts';

const SET = 'set guest_cpuid';

/** What leaks from the host to the kernel of PV dom0. */
const leak = (feature: string, note: string): Verdict => ({
  features: [feature],
  sites: [SET],
  cells: cells(
    ['pv-dom0'],
    hidden(),
    exposed({ feature: ['host-feature'], guest: ['!user-mode'] }, note),
  ),
});

/** The kernel executed a plain CPUID, which trapped. */
const FAULTED = ['!forced-emulation-prefix', '!user-mode'] as const;

const BTS = { vendor: 'intel', feature: ['host-feature'], cmdline: 'vpmu=bts' } as const;
const BTS_OF_PV = { ...BTS, guest: ['pmu-registered'] } as const;
const DEBUG_STORES = 'For a guest with a virtual PMU, where the CPU has 64-bit debug stores.';

export const RUN_TIME_VERDICTS: readonly Verdict[] = [
  {
    features: ['DS', 'DSCPL', 'DTES64'],
    sites: [SET],
    places: [{ path: 'xen/arch/x86/cpu/vpmu.c', symbol: 'vpmu_initialise' }],
    cells: {
      ...cells(CONTAINERS, hidden(), exposed(BTS, DEBUG_STORES)),
      ...cells(PV, hidden(), exposed(BTS_OF_PV, DEBUG_STORES)),
      ...cells(
        ['pv-shim'],
        hidden(),
        exposed(
          { ...BTS_OF_PV, xl: { pvshim_extra: 'vpmu=bts' } },
          'Both the Xen outside and the shim need the option. For a CPU with 64-bit debug stores.',
        ),
      ),
    },
  },
  {
    features: ['OSXSAVE'],
    sites: [SET],
    cells: {
      ...cells(CONTAINERS, hidden(), exposed({ guest: ['cr4-osxsave'] })),
      ...cells(
        PV,
        hidden(),
        exposed({ guest: ['cr4-osxsave'] }),
        exposed(
          { guest: ['forced-emulation-prefix', '!user-mode'], cpuid: ['xsave'] },
          'When Xen itself has set CR4.OSXSAVE.',
        ),
      ),
    },
  },
  {
    features: ['OSPKE'],
    sites: [SET],
    cells: {
      ...cells(CONTAINERS, hidden(), exposed({ guest: ['cr4-pke'] })),
      ...cells(PV, hidden(undefined, 'A PV guest has no PKU and cannot set CR4.PKE.')),
    },
  },
  leak('EIST', 'A leak that dom0 needs to pass on performance states.'),
  leak('MTRR', 'A leak that old kernels take for the memory type hypercalls.'),
  {
    features: ['MONITOR'],
    sites: [SET],
    cells: cells(
      ['pv-dom0'],
      hidden(undefined, 'CPUID with the forced-emulation prefix never shows it.'),
      exposed({ feature: ['host-feature', 'cpuid-faulting'], guest: FAULTED }),
      {
        ...exposed({ feature: ['host-feature', 'cpuid-user-dis'], guest: FAULTED }),
        since: '4.18',
      },
    ),
  },
];
