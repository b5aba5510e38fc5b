/** What the interfaces of old let through: each calls the newer one. */
import { PV, type Restriction, restricted, SHIM } from './restriction.ts';

const COMPAT = 'xen/arch/x86/compat.c';
const EVENTS = { path: COMPAT, symbol: 'do_event_channel_op_compat' } as const;
const TEN_EVENTS =
  'Only the ten operations that the old interface had: allocating, binding, closing, sending, status and unmasking.';

export const COMPAT_RESTRICTIONS: readonly Restriction[] = [
  restricted('sched_op_compat', PV, 'Only yield, block and shutdown of the old interface.', {
    path: COMPAT,
    symbol: 'do_sched_op_compat',
  }),
  restricted(
    'physdev_op_compat',
    ['pv', 'pv-shim'],
    'It calls physdev_op, of which the operations on devices of the host need privilege.',
    { path: COMPAT, symbol: 'do_physdev_op_compat' },
  ),
  restricted('event_channel_op_compat', ['pv', 'pv-dom0'], TEN_EVENTS, EVENTS),
  {
    ...restricted(
      'event_channel_op_compat',
      SHIM,
      `${TEN_EVENTS} The shim answers them as it does event_channel_op: EVTCHNOP_bind_pirq fails.`,
      EVENTS,
    ),
    also: [{ path: 'xen/arch/x86/pv/shim.c', symbol: 'pv_shim_event_channel_op' }],
  },
];
