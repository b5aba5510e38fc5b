/** The functions of FF-A, which its mediator answers or hands on for the domains that have it. */
import {
  both,
  type Cells,
  emulated,
  error,
  mediated,
  type Provided,
  type Treatment,
} from '../treatment.ts';
import { TRAPS, UNKNOWN } from './firmware.ts';

const FIRST_CALL = 'FFA_VERSION';
const FIRST_WAITS = '4.22';

/** What a domain that has the mediator gets; the others are told that there is no such function. */
function throughFfa(given: (when: NonNullable<Provided['when']>) => readonly Provided[]): Cells {
  return {
    arm: [
      error(`${UNKNOWN} The domain has no FF-A unless it asks for it.`),
      ...given({ xl: { tee: 'ffa' }, kconfig: ['CONFIG_FFA'] }),
    ],
    'arm-dom0': [
      error(UNKNOWN, { when: { feature: ['!ffa'] } }),
      ...given({ feature: ['ffa'], kconfig: ['CONFIG_FFA'] }),
    ],
  };
}

/** Since Xen 4.22 the mediator answers nothing before the guest has asked for its version. */
const afterVersion = (given: Provided): Cells =>
  throughFfa((when) => [
    { ...given, when: { ...when, guest: ['ffa-version-agreed'] } },
    error('The call returns that it is not supported until the guest has asked for the version.', {
      when: { ...when, guest: ['!ffa-version-agreed'] },
    }),
  ]);

function ffa(
  label: string,
  answer: string,
  given: Provided,
  { since = '4.20', until }: Pick<Treatment, 'since' | 'until'> = {},
): readonly Treatment[] {
  const shared = { in: 'ffa', labels: [label], group: 'ff-a', answer, traps: TRAPS } as const;
  const before: Treatment = {
    ...shared,
    since,
    until: FIRST_WAITS,
    decidedBy: ['tee_handle_call'],
    cells: throughFfa((when) => [{ ...given, when }]),
  };
  const after: Treatment = {
    ...shared,
    since: FIRST_WAITS,
    decidedBy: ['tee_handle_call', 'ffa_negotiate_version'],
    cells: label === FIRST_CALL ? before.cells : afterVersion(given),
  };
  return [...(since === FIRST_WAITS ? [] : [before]), ...(until === FIRST_WAITS ? [] : [after])];
}

const IN_FIRMWARE = 'where the firmware has the function.';
const TO_PARTITION = `Xen checks the endpoints and passes the message to the secure partition, ${IN_FIRMWARE}`;
const SINCE_4_22 = { since: FIRST_WAITS } as const;
const UNTIL_4_22 = { until: FIRST_WAITS } as const;

const SINCE_4_20: readonly Treatment[] = [
  ...[
    ffa(
      FIRST_CALL,
      'ffa_set_regs',
      emulated('Xen reports its own version; until the guest asks, the other calls are refused.'),
      SINCE_4_22,
    ),
    ffa(FIRST_CALL, 'handle_version', emulated('Xen reports its own version.'), UNTIL_4_22),
    ffa('FFA_ID_GET', 'ffa_get_vm_id', emulated('The number of the domain plus one.')),
    ffa('FFA_FEATURES', 'handle_features', emulated('Xen says which functions it has.')),
    ...['32', '64'].map((bits) =>
      ffa(
        `FFA_RXTX_MAP_${bits}`,
        'ffa_handle_rxtx_map',
        emulated('Xen maps the buffers of the guest, and tells the firmware where it needs them.'),
      ),
    ),
    ffa(
      'FFA_RXTX_UNMAP',
      'ffa_handle_rxtx_unmap',
      emulated('Xen unmaps the buffers of the guest.'),
    ),
    ffa(
      'FFA_PARTITION_INFO_GET',
      'ffa_handle_partition_info_get',
      emulated(
        'Xen lists the secure partitions that the firmware named when Xen started, and with CONFIG_FFA_VM_TO_VM domains.',
      ),
      SINCE_4_22,
    ),
    ffa(
      'FFA_PARTITION_INFO_GET',
      'ffa_handle_partition_info_get',
      mediated(
        'Xen lists the secure partitions that the firmware names, and domains where allowed.',
      ),
      UNTIL_4_22,
    ),
    ffa(
      'FFA_PARTITION_INFO_GET_REGS',
      'ffa_handle_partition_info_get_regs',
      emulated('Xen lists the partitions that it knows, for a guest that speaks FF-A 1.2.'),
      SINCE_4_22,
    ),
    ffa('FFA_RX_RELEASE', 'ffa_rx_release', emulated('The guest gives its buffer back to Xen.')),
    ...['32', '64'].map((bits) =>
      ffa(
        `FFA_MSG_SEND_DIRECT_REQ_${bits}`,
        'ffa_handle_msg_send_direct_req',
        mediated(TO_PARTITION),
      ),
    ),
    ffa(
      'FFA_MSG_SEND_DIRECT_REQ2',
      'ffa_handle_msg_send_direct_req',
      mediated(`${TO_PARTITION} The guest has to speak FF-A 1.2.`),
      SINCE_4_22,
    ),
    ffa(
      'FFA_RUN',
      'ffa_handle_run',
      mediated(`Xen gives the CPU to the secure partition, ${IN_FIRMWARE}`),
      SINCE_4_22,
    ),
    ffa(
      'FFA_MSG_SEND2',
      'ffa_handle_msg_send2',
      mediated(
        'Xen passes the message to the secure partition, or to a domain with CONFIG_FFA_VM_TO_VM.',
      ),
    ),
    ...['32', '64'].map((bits) =>
      ffa(
        `FFA_MEM_SHARE_${bits}`,
        'ffa_handle_mem_share',
        mediated(`Xen pins the pages and shares them with the secure partition, ${IN_FIRMWARE}`),
      ),
    ),
    ffa(
      'FFA_MEM_RECLAIM',
      'ffa_handle_mem_reclaim',
      mediated(`Xen takes the pages back from the secure partition, ${IN_FIRMWARE}`),
    ),
    ...['BIND', 'UNBIND', 'SET', 'GET'].map((name) =>
      ffa(
        `FFA_NOTIFICATION_${name}`,
        `ffa_handle_notification_${name.toLowerCase()}`,
        mediated(
          'Xen passes what concerns secure partitions to the firmware, where it can notify.',
        ),
      ),
    ),
    ...['INFO_GET_32', 'INFO_GET_64'].map((name) =>
      ffa(
        `FFA_NOTIFICATION_${name}`,
        'ffa_handle_notification_info_get',
        emulated('Xen says whether it knows of a notification for the guest that is pending.'),
      ),
    ),
  ].flat(),
  {
    in: 'ffa',
    labels: ['default'],
    since: '4.20',
    group: 'ff-a',
    answer: 'ffa_set_regs_error',
    traps: TRAPS,
    title: 'Other calls of FF-A',
    cells: both(error('The call returns that it is not supported.')),
  },
];

const SINCE_4_19 = ['FFA_FEATURES'].concat(
  ['BIND', 'UNBIND', 'SET', 'GET', 'INFO_GET_32', 'INFO_GET_64'].map(
    (name) => `FFA_NOTIFICATION_${name}`,
  ),
);

/** Before Xen 4.20 the functions that answer had other names, or none. */
const FFA_BEFORE: readonly Treatment[] = SINCE_4_20.filter(
  ({ since, labels }) => since === '4.20' && !labels.includes('FFA_MSG_SEND2'),
).map((treatment) => ({
  ...treatment,
  since: treatment.labels.some((label) => SINCE_4_19.includes(label)) ? '4.19' : '4.18',
  until: '4.20',
  answer: null,
}));

export const FFA_TREATMENTS: readonly Treatment[] = [...SINCE_4_20, ...FFA_BEFORE];
