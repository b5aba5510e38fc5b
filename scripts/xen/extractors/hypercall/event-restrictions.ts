/** What `event_channel_op` lets through: in a build without FIFO event channels, on Arm, and in the shim. */
import { ARM, type Restriction, restricted } from './restriction.ts';

const X86 = ['pv', 'pvh', 'hvm', 'pv-dom0', 'pvh-dom0'] as const;
const FIFO = 'EVTCHNOP_init_control, EVTCHNOP_expand_array and EVTCHNOP_set_priority';
const BIND_PIRQ = 'EVTCHNOP_bind_pirq';
const WITH_FIFO = { kconfig: ['CONFIG_EVTCHN_FIFO'] } as const;
const WITHOUT_FIFO = { kconfig: ['!CONFIG_EVTCHN_FIFO'] } as const;

const OPERATIONS = { path: 'xen/common/event_channel.c', symbol: 'do_event_channel_op' } as const;
const STUBS = {
  path: 'xen/common/event_channel.h',
  symbol: 'evtchn_fifo_init_control',
} as const;
const NO_PIRQ = {
  path: 'xen/common/event_channel.c',
  symbol: 'evtchn_bind_pirq',
  anchor: 'EOPNOTSUPP',
} as const;

export const EVENT_RESTRICTIONS: readonly Restriction[] = [
  {
    hypercall: 'event_channel_op',
    guests: X86,
    handlings: [
      { how: 'exposed', by: 'xen', when: WITH_FIFO },
      { how: 'restricted', by: 'xen', when: WITHOUT_FIFO, note: `${FIFO} fail.` },
    ],
    evidence: OPERATIONS,
    also: [STUBS],
    since: '4.21',
  },
  {
    hypercall: 'event_channel_op',
    guests: ARM,
    handlings: [
      { how: 'restricted', by: 'xen', when: WITH_FIFO, note: `${BIND_PIRQ} fails.` },
      { how: 'restricted', by: 'xen', when: WITHOUT_FIFO, note: `${BIND_PIRQ}, ${FIFO} fail.` },
    ],
    evidence: NO_PIRQ,
    also: [STUBS],
    since: '4.21',
  },
  {
    ...restricted('event_channel_op', ARM, `${BIND_PIRQ} fails.`, NO_PIRQ),
    // Until then Arm had the code, without a physical interrupt that it could bind.
    formerly: { path: 'xen/arch/arm/irq.c', symbol: 'alloc_pirq_struct', until: '4.19' },
    until: '4.21',
  },
  {
    hypercall: 'event_channel_op',
    guests: ['pv-shim'],
    handlings: [
      {
        how: 'restricted',
        by: 'shim',
        note: `The shim forwards what concerns other domains to the hypervisor below it. ${BIND_PIRQ}, ${FIFO} fail.`,
      },
    ],
    evidence: { path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_event_channel_op' },
  },
];
