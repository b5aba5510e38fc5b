/** Features that `guest_cpuid()` changes each time that CPUID runs. */
import { CONTAINERS, cells, exposed, hidden, PV, type Verdict, X86 } from './verdict.ts';

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

export const RUN_TIME_VERDICTS: readonly Verdict[] = [
  {
    features: ['DS', 'DSCPL', 'DTES64'],
    sites: [SET],
    cells: cells(
      X86,
      hidden(),
      exposed(
        { vendor: 'intel', feature: ['host-feature'], cmdline: 'vpmu=bts' },
        'For a guest with a virtual PMU, where the CPU has 64-bit debug stores.',
      ),
    ),
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
          { guest: ['!user-mode'], cpuid: ['xsave'] },
          'To CPUID with the forced-emulation prefix, when Xen itself has set CR4.OSXSAVE.',
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
      exposed({ feature: ['host-feature', 'cpuid-faulting'], guest: ['!user-mode'] }),
      {
        ...exposed({ feature: ['host-feature', 'cpuid-user-dis'], guest: ['!user-mode'] }),
        since: '4.18',
      },
    ),
  },
];
