/** The functions that go to firmware or a trusted operating system: OP-TEE, FF-A, SCMI, and the platforms with their own. */
import {
  type Cells,
  emulated,
  error,
  type Group,
  mediated,
  type Provided,
  type Treatment,
  words,
} from '../treatment.ts';

const TRAPS = ['HCR_TSC'] as const;
const UNKNOWN = 'The call returns that the function is not known.';

/** What a domain that has the mediator gets; the others are told that there is no such function. */
function throughOpTee(given: Provided): Cells {
  return {
    arm: [
      error(`${UNKNOWN} The domain has no OP-TEE unless it asks for it.`),
      { ...given, when: { xl: { tee: 'optee' }, kconfig: ['CONFIG_OPTEE'] } },
    ],
    'arm-dom0': [
      error(UNKNOWN, { when: { feature: ['!optee'] } }),
      { ...given, when: { feature: ['optee'], kconfig: ['CONFIG_OPTEE'] } },
    ],
  };
}

function throughFfa(given: Provided): Cells {
  return {
    arm: [
      error(`${UNKNOWN} The domain has no FF-A unless it asks for it.`),
      { ...given, when: { xl: { tee: 'ffa' }, kconfig: ['CONFIG_FFA'] } },
    ],
    'arm-dom0': [
      error(UNKNOWN, { when: { feature: ['!ffa'] } }),
      { ...given, when: { feature: ['ffa'], kconfig: ['CONFIG_FFA'] } },
    ],
  };
}

const opTee = (label: string, answer: string | null, given: Provided): Treatment => ({
  in: 'opTee',
  labels: [label],
  group: 'op-tee',
  answer,
  traps: TRAPS,
  cells: throughOpTee(given),
});

const ASKS_OPTEE = 'Xen calls OP-TEE with the number of the domain and returns what it says.';

const OP_TEE: readonly Treatment[] = [
  opTee('OPTEE_SMC_CALLS_COUNT', 'set_user_reg', emulated('A constant of Xen.')),
  ...['CALLS_UID', 'CALLS_REVISION', 'CALL_GET_OS_UUID', 'CALL_GET_OS_REVISION'].map((name) =>
    opTee(`OPTEE_SMC_${name}`, 'arm_smccc_smc', mediated(ASKS_OPTEE)),
  ),
  opTee('OPTEE_SMC_ENABLE_SHM_CACHE', 'arm_smccc_smc', mediated(ASKS_OPTEE)),
  opTee(
    'OPTEE_SMC_DISABLE_SHM_CACHE',
    'free_shm_rpc',
    mediated(`${ASKS_OPTEE} Xen lets go of the buffer.`),
  ),
  opTee(
    'OPTEE_SMC_GET_SHM_CONFIG',
    'set_user_reg',
    error('Guests have no static shared memory: the call returns that it is not available.'),
  ),
  opTee(
    'OPTEE_SMC_EXCHANGE_CAPABILITIES',
    'handle_exchange_capabilities',
    mediated('Xen removes the capabilities that it cannot virtualize.'),
  ),
  opTee(
    'OPTEE_SMC_CALL_WITH_ARG',
    'handle_std_call',
    mediated(
      'Xen copies the command, translates its addresses, pins its buffers and calls OP-TEE.',
    ),
  ),
  opTee(
    'OPTEE_SMC_CALL_RETURN_FROM_RPC',
    'handle_rpc',
    mediated('Xen hands the answer of the guest on, with the addresses translated.'),
  ),
  {
    ...opTee('default', null, error(UNKNOWN)),
    title: 'Other calls of OP-TEE',
    cells: { arm: [error(UNKNOWN)], 'arm-dom0': [error(UNKNOWN)] },
  },
];

const ffa = (
  label: string,
  answer: string,
  given: Provided,
  more: Partial<Treatment> = {},
): Treatment => ({
  in: 'ffa',
  labels: [label],
  since: '4.20',
  group: 'ff-a',
  answer,
  traps: TRAPS,
  cells: throughFfa(given),
  ...more,
});

const TO_PARTITION = 'Xen checks the endpoints and passes the message to the secure partition.';
const SINCE_4_22 = { since: '4.22' } as const;

const FFA: readonly Treatment[] = [
  ffa('FFA_VERSION', 'ffa_set_regs', emulated('Xen reports its own version.'), SINCE_4_22),
  ffa('FFA_VERSION', 'handle_version', emulated('Xen reports its own version.'), {
    until: '4.22',
  }),
  ffa('FFA_ID_GET', 'ffa_get_vm_id', emulated('The number of the domain plus one.')),
  ffa('FFA_FEATURES', 'handle_features', emulated('Xen says which functions it has.')),
  ...['32', '64'].map((bits) =>
    ffa(
      `FFA_RXTX_MAP_${bits}`,
      'ffa_handle_rxtx_map',
      emulated('Xen maps the buffers of the guest, and tells the firmware where it needs them.'),
    ),
  ),
  ffa('FFA_RXTX_UNMAP', 'ffa_handle_rxtx_unmap', emulated('Xen unmaps the buffers of the guest.')),
  ffa(
    'FFA_PARTITION_INFO_GET',
    'ffa_handle_partition_info_get',
    mediated('Xen lists the secure partitions that the firmware names, and domains where allowed.'),
  ),
  ffa(
    'FFA_PARTITION_INFO_GET_REGS',
    'ffa_handle_partition_info_get_regs',
    mediated('Xen lists the partitions, for a guest that speaks FF-A 1.2.'),
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
    mediated('Xen gives the CPU to the secure partition.'),
    SINCE_4_22,
  ),
  ffa(
    'FFA_MSG_SEND2',
    'ffa_handle_msg_send2',
    mediated(
      'Xen passes the message to the secure partition, or to a domain with CONFIG_FFA_VM_TO_VM.',
    ),
    { since: '4.20' },
  ),
  ...['32', '64'].map((bits) =>
    ffa(
      `FFA_MEM_SHARE_${bits}`,
      'ffa_handle_mem_share',
      mediated('Xen pins the pages and shares them with the secure partition.'),
    ),
  ),
  ffa(
    'FFA_MEM_RECLAIM',
    'ffa_handle_mem_reclaim',
    mediated('Xen takes the pages back from the secure partition.'),
  ),
  ...(
    [
      ['BIND', 'bind'],
      ['UNBIND', 'unbind'],
      ['SET', 'set'],
      ['GET', 'get'],
      ['INFO_GET_32', 'info_get'],
      ['INFO_GET_64', 'info_get'],
    ] as const
  ).map(([name, callee]) =>
    ffa(
      `FFA_NOTIFICATION_${name}`,
      `ffa_handle_notification_${callee}`,
      mediated('Xen passes what concerns secure partitions to the firmware.'),
    ),
  ),
  {
    ...ffa('default', 'ffa_set_regs_error', error(UNKNOWN)),
    title: 'Other calls of FF-A',
    cells: {
      arm: [error('The call returns that it is not supported.')],
      'arm-dom0': [error('The call returns that it is not supported.')],
    },
  },
];

const SINCE_4_19 = words('FFA_FEATURES').concat(
  ['BIND', 'UNBIND', 'SET', 'GET', 'INFO_GET_32', 'INFO_GET_64'].map(
    (name) => `FFA_NOTIFICATION_${name}`,
  ),
);

/** Before Xen 4.20 the functions that answer had other names, or none. */
const FFA_BEFORE: readonly Treatment[] = FFA.filter(
  ({ since, labels }) => since === '4.20' && !labels.includes('FFA_MSG_SEND2'),
).map((treatment) => ({
  ...treatment,
  since: treatment.labels.some((label) => SINCE_4_19.includes(label)) ? '4.19' : '4.18',
  until: '4.20',
  answer: null,
}));

const HARDWARE_DOMAIN_ONLY = 'Only the hardware domain may call it.';

const SCMI: readonly Treatment[] = (
  [
    ['4.20', '4.21'],
    ['4.21', undefined],
  ] as const
).map(
  ([since, until]): Treatment => ({
    in: 'scmi',
    labels: ['default'],
    title: 'SCMI by SMC',
    since,
    ...(until === undefined ? {} : { until }),
    group: 'firmware',
    answer: 'arm_smccc_1_1_smc',
    traps: TRAPS,
    cells: {
      arm: [
        error(`${UNKNOWN} ${HARDWARE_DOMAIN_ONLY}`),
        ...(since === '4.20'
          ? []
          : [
              mediated('Xen calls the firmware for the one domain that is given SCMI.', {
                when: {
                  feature: ['scmi-smc'] as const,
                  cmdline: 'scmi-smc-passthrough',
                  xl: { arm_sci: 'type=scmi_smc' },
                  kconfig: ['CONFIG_SCMI_SMC'],
                },
              }),
            ]),
      ],
      'arm-dom0': [
        error(UNKNOWN, { when: { feature: ['!scmi-smc'] } }),
        mediated('Xen calls the firmware.', {
          when: { feature: ['scmi-smc'], kconfig: ['CONFIG_SCMI_SMC'] },
        }),
        ...(since === '4.20'
          ? []
          : [
              error('The calls are for a domU.', {
                when: { feature: ['scmi-smc'] as const, cmdline: 'scmi-smc-passthrough' },
              }),
            ]),
      ],
    },
  }),
);

type Platform = 'zynqmp' | 'imx8qm';

function ofPlatform(where: Platform, domU: Provided, dom0: Provided): Cells {
  const onOthers = error(UNKNOWN, { when: { feature: [`!${where}`] } });
  const here = (given: Provided): Provided => ({ ...given, when: { feature: [where] } });
  return { arm: [onOthers, here(domU)], 'arm-dom0': [onOthers, here(dom0)] };
}

function firmware(
  where: Platform,
  id: string,
  title: string,
  names: readonly string[],
  answer: string | null,
  cells: Cells,
): Treatment {
  const group: Group = 'firmware';
  const more = where === 'imx8qm' ? { since: '4.19' } : {};
  const family = {
    id: `${where}-${id}`,
    title,
    function: names.length === 1 ? (names[0] ?? '') : id,
  };
  return { in: where, labels: names, family, group, answer, traps: TRAPS, cells, ...more };
}

const eemi = (names: string) => names.split(' ').map((name) => `EEMI_FID(PM_${name})`);

const CALLS = mediated('Xen calls the firmware.');
const NO_ACCESS = error('The call returns that there is no access.');

const ZYNQMP: readonly Treatment[] = [
  firmware(
    'zynqmp',
    'service',
    'ZynqMP: number, UID and revision of the calls',
    ['CALL_COUNT', 'CALL_UID', 'REVISION'].map((name) => `ARM_SMCCC_${name}_FID(SIP)`),
    'arm_smccc_1_1_smc',
    ofPlatform('zynqmp', CALLS, CALLS),
  ),
  firmware(
    'zynqmp',
    'self-suspend',
    'ZynqMP: suspend of the caller',
    eemi('SELF_SUSPEND'),
    'set_user_reg',
    ofPlatform(
      'zynqmp',
      emulated('The call succeeds without an effect.'),
      emulated('The call succeeds without an effect.'),
    ),
  ),
  firmware(
    'zynqmp',
    'nodes',
    'ZynqMP: power of a device or CPU',
    eemi(
      'GET_NODE_STATUS REQ_SUSPEND FORCE_POWERDOWN ABORT_SUSPEND REQ_WAKEUP SET_WAKEUP_SOURCE REQ_NODE RELEASE_NODE SET_REQUIREMENT SET_MAX_LATENCY',
    ),
    'domain_has_node_access',
    ofPlatform('zynqmp', NO_ACCESS, CALLS),
  ),
  firmware(
    'zynqmp',
    'resets',
    'ZynqMP: reset of a device',
    eemi('RESET_ASSERT RESET_GET_STATUS'),
    'domain_has_reset_access',
    ofPlatform('zynqmp', NO_ACCESS, CALLS),
  ),
  firmware(
    'zynqmp',
    'versions',
    'ZynqMP: versions and identity of the chip',
    eemi('GET_TRUSTZONE_VERSION GET_API_VERSION GET_CHIPID'),
    'arm_smccc_1_1_smc',
    ofPlatform('zynqmp', CALLS, CALLS),
  ),
  firmware(
    'zynqmp',
    'registers',
    'ZynqMP: registers read and written by the firmware',
    eemi('MMIO_WRITE MMIO_READ'),
    'set_user_reg',
    ofPlatform('zynqmp', NO_ACCESS, NO_ACCESS),
  ),
  firmware(
    'zynqmp',
    'platform',
    'ZynqMP: set-up, FPGA, pins and clocks',
    eemi(
      'INIT SET_CONFIGURATION FPGA_LOAD FPGA_GET_STATUS SECURE_SHA SECURE_RSA PINCTRL_SET_FUNCTION PINCTRL_REQUEST PINCTRL_RELEASE PINCTRL_GET_FUNCTION PINCTRL_CONFIG_PARAM_GET PINCTRL_CONFIG_PARAM_SET IOCTL QUERY_DATA CLOCK_ENABLE CLOCK_DISABLE CLOCK_GETSTATE CLOCK_GETDIVIDER CLOCK_SETDIVIDER CLOCK_SETRATE CLOCK_GETRATE CLOCK_SETPARENT CLOCK_GETPARENT',
    ),
    'is_hardware_domain',
    ofPlatform('zynqmp', NO_ACCESS, CALLS),
  ),
  firmware(
    'zynqmp',
    'system-shutdown',
    'ZynqMP: shutdown of the host',
    eemi('SYSTEM_SHUTDOWN'),
    'set_user_reg',
    ofPlatform('zynqmp', NO_ACCESS, NO_ACCESS),
  ),
  firmware(
    'zynqmp',
    'mailbox',
    'ZynqMP: mailboxes',
    'OPEN RELEASE STATUS_ENQUIRY NOTIFY ACK ENABLE_IRQ DISABLE_IRQ'
      .split(' ')
      .map((name) => `IPI_MAILBOX_FID(IPI_MAILBOX_${name})`),
    'is_hardware_domain',
    ofPlatform('zynqmp', NO_ACCESS, CALLS),
  ),
  firmware(
    'zynqmp',
    'others',
    'ZynqMP: other calls',
    ['default'],
    null,
    ofPlatform('zynqmp', error(UNKNOWN), error(UNKNOWN)),
  ),
];

const imx = (name: string) => [`IMX_SIP_FID(IMX_SIP_F_${name})`];
const NOT_FOR_DOMU = error(`${UNKNOWN} ${HARDWARE_DOMAIN_ONLY}`);

const IMX8QM: readonly Treatment[] = [
  firmware(
    'imx8qm',
    'cpufreq',
    'i.MX8QM: frequency of the CPUs',
    imx('CPUFREQ'),
    null,
    ofPlatform('imx8qm', NOT_FOR_DOMU, error(UNKNOWN)),
  ),
  firmware(
    'imx8qm',
    'time',
    'i.MX8QM: clock and watchdog',
    imx('TIME'),
    'imx8qm_is_sip_time_call_ok',
    ofPlatform(
      'imx8qm',
      NOT_FOR_DOMU,
      mediated('Xen calls the firmware for the functions that it knows to be safe.'),
    ),
  ),
  firmware(
    'imx8qm',
    'wakeup-source',
    'i.MX8QM: sources of a wake-up',
    imx('WAKEUP_SRC'),
    null,
    ofPlatform('imx8qm', NOT_FOR_DOMU, error(UNKNOWN)),
  ),
  firmware(
    'imx8qm',
    'otp-write',
    'i.MX8QM: writing of fuses',
    imx('OTP_WRITE'),
    'arm_smccc_1_1_smc',
    ofPlatform('imx8qm', NOT_FOR_DOMU, CALLS),
  ),
  firmware(
    'imx8qm',
    'others',
    'i.MX8QM: other calls',
    ['default'],
    null,
    ofPlatform('imx8qm', NOT_FOR_DOMU, error(UNKNOWN)),
  ),
];

export const MEDIATOR_TREATMENTS: readonly Treatment[] = [
  ...OP_TEE,
  ...FFA,
  ...FFA_BEFORE,
  ...SCMI,
  ...ZYNQMP,
  ...IMX8QM,
];
