/** Who may use the console of Xen by `console_io`. */
import { type Restriction, SHIM, X86_DOMU } from './restriction.ts';

const CONSOLE = { path: 'xen/include/xsm/dummy.h', symbol: 'xsm_console_io' } as const;
const GIVES_CONSOLE = { symbol: 'create_domUs', anchor: 'is_console' } as const;

const CONSOLE_OF_PRIVILEGED = {
  how: 'restricted',
  by: 'xen',
  when: { role: 'privileged' },
  note: 'An unprivileged caller gets an error.',
} as const;

const CONSOLE_WRITES = {
  how: 'restricted',
  by: 'xen',
  when: { kconfig: ['CONFIG_VERBOSE_DEBUG'] },
  note: 'Every domain may write.',
} as const;

export const CONSOLE_RESTRICTIONS: readonly Restriction[] = [
  {
    hypercall: 'console_io',
    guests: X86_DOMU,
    handlings: [CONSOLE_OF_PRIVILEGED, CONSOLE_WRITES],
    evidence: CONSOLE,
  },
  {
    hypercall: 'console_io',
    guests: ['arm'],
    handlings: [
      CONSOLE_OF_PRIVILEGED,
      {
        how: 'exposed',
        by: 'xen',
        when: { guest: ['built-at-boot'] },
        note: 'Xen lets every domain that it builds itself read and write.',
      },
      CONSOLE_WRITES,
    ],
    evidence: CONSOLE,
    also: [
      { path: 'xen/common/device-tree/dom0less-build.c', ...GIVES_CONSOLE, since: '4.21' },
      { path: 'xen/arch/arm/dom0less-build.c', ...GIVES_CONSOLE, since: '4.19', until: '4.21' },
      { path: 'xen/arch/arm/domain_build.c', ...GIVES_CONSOLE, until: '4.19' },
    ],
  },
  {
    hypercall: 'console_io',
    guests: SHIM,
    handlings: [
      {
        how: 'refused',
        by: 'xen',
        effect: 'error',
        note: 'It needs privilege, which the guest of the shim does not have.',
      },
      CONSOLE_WRITES,
    ],
    evidence: CONSOLE,
  },
];
