/** Clocks and timers. */
import type { GuestState } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, at } from '../../../authored.ts';
import {
  CONTAINER_TSC,
  EMULATED_OUTSIDE,
  SHOWN_INVARIANT,
  UNRELIABLE_IN_SHIM,
} from '../../pv-instruction/entries/shim-tsc.ts';
import { absent, emulated, hardware, native, pv, type Topic } from '../topic.ts';

const TIME = 'xen/arch/x86/time.c';

const NO_HPET = absent('The HPET alone.', {
  when: { xl: { hpet: false } },
  places: [at('xen/arch/x86/hvm/hpet.c', 'hpet_init')],
});
const SET = at(TIME, 'tsc_set_info');

const hvmTsc = [
  hardware('With the offset and, where the CPU has it, the scale of the guest.', {
    when: { guest: ['!vtsc'] },
  }),
  emulated('RDTSC exits, with tsc_mode="always_emulate".', {
    when: { xl: { tsc_mode: 'always_emulate' } },
    places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_set_rdtsc_exiting')],
  }),
  emulated(
    'RDTSC exits in the default mode where the TSC of the host is not reliable, or where its frequency is another one (after migration) and cannot be scaled.',
    { when: { guest: ['vtsc'] }, places: [at(TIME, 'host_tsc_is_safe')] },
  ),
] as const;

/** What a PV kernel that sets CR4.TSD gets, and its user mode. */
const TSD: readonly [AuthoredHandling, AuthoredHandling] = [
  emulated('Where the kernel itself set CR4.TSD, in its own mode.', {
    when: { guest: ['cr4-tsd', '!user-mode'] },
  }),
  {
    how: 'refused',
    by: 'xen',
    effect: '#GP',
    note: 'In user mode.',
    when: { guest: ['cr4-tsd', 'user-mode'] },
  },
];

/** The clock of the host, of which dom0 reads and writes the registers. */
function hostCmos(guest: readonly GuestState[]): AuthoredHandling {
  return {
    how: 'mediated',
    by: 'xen',
    note: 'The CMOS clock of the host: Xen performs the accesses.',
    when: {
      feature: ['!no-cmos-rtc'],
      ports: ['0x71'],
      ...(guest.length === 0 ? {} : { guest }),
    },
  };
}

export const TIME_TOPICS: readonly Topic[] = [
  {
    id: 'tsc',
    topic: 'TSC',
    area: 'time',
    about: 'Whether the time-stamp counter that a guest reads is that of the CPU.',
    names: [
      'XEN_CPUID_TSC_MODE_DEFAULT',
      'XEN_CPUID_TSC_MODE_ALWAYS_EMULATE',
      'XEN_CPUID_TSC_MODE_NEVER_EMULATE',
      'XEN_CPUID_TSC_MODE_PVRDTSCP',
      'XEN_CPUID_HOST_TSC_RELIABLE',
      'XEN_CPUID_TSC_EMULATED',
      'XEN_CPUID_RDTSCP_INSTR_AVAIL',
    ],
    places: [SET],
    cells: [
      [
        'pvs',
        native('By default, where the TSC of the host is reliable.', {
          when: { guest: ['!vtsc', '!cr4-tsd'] },
        }),
        emulated('With tsc_mode="always_emulate".', {
          when: { xl: { tsc_mode: 'always_emulate' } },
        }),
        emulated(
          'In the default mode where the TSC of the host is not reliable, or where its frequency is another one after migration.',
          { when: { guest: ['vtsc'] }, places: [at(TIME, 'host_tsc_is_safe')] },
        ),
        ...TSD,
      ],
      [
        'pv-dom0',
        native('Always: Xen never emulates it for PV dom0.', { when: { guest: ['!cr4-tsd'] } }),
        ...TSD,
      ],
      [
        'pv-shim',
        emulated(UNRELIABLE_IN_SHIM, { when: { guest: ['vtsc'] }, places: SHOWN_INVARIANT }),
        hardware(CONTAINER_TSC, { when: { guest: ['!vtsc', '!cr4-tsd'] } }),
        EMULATED_OUTSIDE,
        ...TSD,
      ],
      ['hvms', ...hvmTsc],
      [
        'pvh-dom0',
        hardware('Where the TSC of the host is reliable.', { when: { feature: ['tsc-reliable'] } }),
        emulated('RDTSC exits.', {
          when: { feature: ['!tsc-reliable', '!tsc-scaling'] },
          places: [at(TIME, 'host_tsc_is_safe')],
        }),
        hardware('vCPUs that are created with vtsc set do not exit where the CPU scales the TSC.', {
          when: { feature: ['!tsc-reliable', 'tsc-scaling'] },
          places: [at('xen/arch/x86/hvm/vmx/vmcs.c', undefined, 'vtsc')],
        }),
      ],
      [
        'arms',
        hardware('Arm has the virtual counter instead.', {
          places: [at('xen/arch/arm/vtimer.c', 'domain_vtimer_init')],
        }),
      ],
    ],
  },
  {
    id: 'system-time',
    topic: 'system time (pvclock)',
    area: 'time',
    about: 'The clock that a guest takes for the time since boot.',
    names: ['VCPUOP_register_vcpu_time_memory_area', 'VCPUOP_register_vcpu_time_phys_area'],
    places: [at(TIME, '__update_vcpu_system_time')],
    cells: [
      ['pvs', pv('vcpu_time_info with the TSC.')],
      ['hvms', pv('vcpu_time_info with the TSC.')],
      [
        'hvm',
        pv('vcpu_time_info with the TSC, for kernels that use it.'),
        emulated('HPET, PM timer or PIT.', {
          places: [at('xen/arch/x86/hvm/pmtimer.c', 'pmtimer_init')],
        }),
        NO_HPET,
        pv('The reference TSC page of Viridian, which its default set does not hold.', {
          when: { xl: { viridian: 'reference_tsc' } },
          places: [at('xen/arch/x86/hvm/viridian/time.c', 'viridian_time_wrmsr')],
        }),
      ],
      [
        'arms',
        hardware('The virtual counter of the generic timer.', {
          places: [at('xen/arch/arm/vtimer.c', 'domain_vtimer_init')],
        }),
      ],
    ],
  },
  {
    id: 'timer',
    topic: 'timer interrupts',
    area: 'time',
    about: 'The timers that a guest can set.',
    names: [
      'VCPUOP_set_periodic_timer',
      'VCPUOP_stop_periodic_timer',
      'VCPUOP_set_singleshot_timer',
      'VCPUOP_stop_singleshot_timer',
    ],
    places: [at('xen/common/domain.c', undefined, 'VCPUOP_set_singleshot_timer')],
    cells: [
      ['pvs', pv('VCPUOP_set_singleshot_timer or set_timer_op, which raise VIRQ_TIMER.')],
      [
        'hvms',
        pv('VCPUOP_set_singleshot_timer, which raises VIRQ_TIMER.'),
        emulated('The timer of the local APIC.', {
          places: [at('xen/arch/x86/hvm/vlapic.c', 'vlapic_init')],
        }),
      ],
      [
        'hvm',
        emulated('The timer of the local APIC, PIT, HPET and RTC.', {
          places: [at('xen/arch/x86/hvm/vpt.c', 'create_periodic_time')],
        }),
        NO_HPET,
        pv('VCPUOP_set_singleshot_timer, which raises VIRQ_TIMER.'),
        pv('The synthetic timers of Viridian.', {
          when: { xl: { viridian: 'stimer' } },
          places: [at('xen/arch/x86/hvm/viridian/time.c', 'viridian_time_wrmsr')],
        }),
      ],
      [
        'pv-dom0',
        pv('VCPUOP_set_singleshot_timer or set_timer_op, which raise VIRQ_TIMER.'),
        emulated('The PIT counts, but none of its channels raises an interrupt.', {
          places: [at('xen/arch/x86/emul-i8254.c', 'pit_load_count')],
        }),
      ],
      [
        'arms',
        hardware('The virtual timer.', {
          places: [at('xen/arch/arm/vtimer.c', 'vcpu_vtimer_init')],
        }),
        emulated('The physical timer.', {
          places: [at('xen/arch/arm/vtimer.c', 'vtimer_emulate')],
        }),
      ],
    ],
  },
  {
    id: 'timer-mode',
    topic: 'missed timer ticks',
    area: 'time',
    about: 'What happens to ticks of emulated timers that come due while the vCPU does not run.',
    names: [
      'HVMPTM_delay_for_missed_ticks',
      'HVMPTM_no_delay_for_missed_ticks',
      'HVMPTM_no_missed_ticks_pending',
      'HVMPTM_one_missed_tick_pending',
    ],
    places: [at('xen/arch/x86/hvm/vpt.c', 'pt_process_missed_ticks')],
    cells: [
      ['pvs', absent('The timers of PV guests are not periodic by emulation.')],
      [
        'hvms',
        emulated(
          'As timer_mode= says; by default ticks are not delayed (no_delay_for_missed_ticks).',
          {
            places: [
              { ...at('tools/libs/light/libxl_x86.c', 'timer_mode'), since: '4.14' },
              { ...at('tools/libs/light/libxl_dom.c', 'timer_mode'), until: '4.14' },
            ],
          },
        ),
      ],
      ['pvh-dom0', emulated('delay_for_missed_ticks, since Xen sets no mode.')],
      ['arms', absent('The parameter is for x86.')],
    ],
  },
  {
    id: 'wallclock',
    topic: 'wall-clock time',
    area: 'time',
    about: 'Where a guest gets the date from, and whether it can set it.',

    places: [at('xen/common/time.c', 'update_domain_wallclock_time')],
    cells: [
      ['pvs', pv('shared info; the guest keeps the offset itself.')],
      [
        'pv-dom0',
        pv('shared info; dom0 sets the time of Xen by platform_op.', {
          places: [at('xen/common/time.c', 'do_settime')],
        }),
        hostCmos(['io-permission']),
      ],
      ['pvh', pv('shared info.')],
      [
        'pvh-dom0',
        pv('shared info; dom0 sets the time of Xen by platform_op.', {
          places: [at('xen/common/time.c', 'do_settime')],
        }),
        { ...hostCmos([]), places: [at('xen/arch/x86/hvm/rtc.c', 'hw_rtc_io')], since: '4.14' },
      ],
      [
        'hvm',
        emulated('The RTC; a new setting is told to the device model as an offset.', {
          places: [at('xen/arch/x86/hvm/rtc.c', 'rtc_init')],
        }),
        pv('shared info.'),
      ],
      ['arms', pv('shared info.')],
      [
        'arm-dom0',
        pv('shared info; dom0 sets the time of Xen by platform_op.', {
          places: [at('xen/arch/arm/platform_hypercall.c', 'do_platform_op')],
        }),
      ],
    ],
  },
  {
    id: 'platform-timer',
    topic: 'clock source of Xen',
    area: 'time',
    about: 'The timer of the host from which Xen takes the time; guests do not choose it.',
    names: ['plt_pit', 'plt_hpet', 'plt_pmtimer', 'plt_tsc', 'plt_xen_timer', 'plt_hyperv_timer'],
    places: [at(TIME, 'init_platform_timer')],
    cells: [
      ['all', absent('The guest sees the time of Xen, not its source.')],
      [
        'pv-dom0',
        absent(
          'It does not see the source; while Xen uses the PIT, dom0 gets no access to its channel 2.',
          { places: [at(TIME, 'hwdom_pit_access')] },
        ),
      ],
      [
        'pv-shim',
        pv('The shim uses the time that the hypervisor outside gives to the container.', {
          by: 'shim',
          places: [at(TIME, undefined, 'plt_xen_timer')],
        }),
      ],
      [
        'arms',
        hardware('The generic timer.', { places: [at('xen/arch/arm/time.c', 'init_xen_time')] }),
      ],
    ],
  },
  {
    id: 'steal-time',
    topic: 'steal time',
    area: 'time',
    about: 'How a guest learns how long its vCPUs did not run.',
    names: [
      'VCPUOP_get_runstate_info',
      'VCPUOP_register_runstate_memory_area',
      'VCPUOP_register_runstate_phys_area',
      'VMASST_TYPE_runstate_update_flag',
    ],
    places: [at('xen/common/domain.c', undefined, 'VCPUOP_register_runstate_memory_area')],
    cells: [
      ['all', pv('The runstate area that it registers, or VCPUOP_get_runstate_info.')],
      [
        'arms',
        pv('The runstate area that it registers.', {
          places: [
            { ...at('xen/arch/arm/domain.c', 'do_vcpu_op'), since: '4.17' },
            { ...at('xen/arch/arm/domain.c', 'do_arm_vcpu_op'), until: '4.17' },
          ],
        }),
      ],
    ],
  },
  {
    id: 'watchdog',
    topic: 'watchdog',
    area: 'time',
    about: 'A timer of Xen that ends a guest which stops resetting it.',
    names: ['SCHEDOP_watchdog', 'SHUTDOWN_watchdog'],
    places: [at('xen/common/sched/core.c', 'do_sched_op')],
    cells: [['all', pv('SCHEDOP_watchdog.')]],
  },
];
