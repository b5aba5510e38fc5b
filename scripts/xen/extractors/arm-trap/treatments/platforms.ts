/** The functions of the firmware of single platforms. */
import {
  type Cells,
  emulated,
  error,
  mediated,
  type Provided,
  type Treatment,
} from '../treatment.ts';
import { HARDWARE_DOMAIN_ONLY, onPlatform, type Platform, TRAPS, UNKNOWN } from './firmware.ts';

/** A call by the convention of 32 bits; those of 64 bits are not for a domain of 32. */
function ofPlatform32(where: Platform, domU: Provided, dom0: Provided): Cells {
  const onOthers = error(UNKNOWN, { when: { feature: [`!${where}`] } });
  const when = onPlatform(where);
  return {
    arm: [onOthers, { ...domU, when }],
    'arm-dom0': [onOthers, { ...dom0, when }],
  };
}

function ofPlatform(where: Platform, domU: Provided, dom0: Provided): Cells {
  const onOthers = error(UNKNOWN, { when: { feature: [`!${where}`] } });
  const in32 = error(`${UNKNOWN} A call of 64 bits is not for a domain of 32.`, {
    when: { bits: 32 },
  });
  const when = { ...onPlatform(where), bits: 64 } as const;
  return {
    arm: [onOthers, in32, { ...domU, when }],
    'arm-dom0': [onOthers, in32, { ...dom0, when }],
  };
}

function firmware(
  where: Platform,
  id: string,
  title: string,
  names: readonly string[],
  answer: string | null,
  cells: Cells,
): Treatment {
  const more = where === 'imx8qm' ? { since: '4.19' } : {};
  const family = {
    id: `${where}-${id}`,
    title,
    function: names.length === 1 ? (names[0] ?? '') : id,
  };
  return {
    in: where,
    labels: names,
    family,
    group: 'firmware',
    answer,
    traps: TRAPS,
    cells,
    ...more,
  };
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
    ofPlatform32('zynqmp', CALLS, CALLS),
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
    ofPlatform32('zynqmp', NO_ACCESS, CALLS),
  ),
  firmware(
    'zynqmp',
    'others',
    'ZynqMP: other calls',
    ['default'],
    null,
    ofPlatform32('zynqmp', error(UNKNOWN), error(UNKNOWN)),
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
    ofPlatform32('imx8qm', NOT_FOR_DOMU, error(UNKNOWN)),
  ),
];

export const PLATFORM_TREATMENTS: readonly Treatment[] = [...ZYNQMP, ...IMX8QM];
