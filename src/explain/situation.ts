/** What a configuration and the choices of the reader say about conditions, and which of them decides each. */
import type { Condition } from '../model/condition.ts';
import type { Situation, Truth } from '../model/condition-truth.ts';
import { type Configuration, devicesOf } from './configuration.ts';
import { DEVICE_KEYS, type Device, type DeviceKey, deviceSays } from './device-specs.ts';
import { DEFAULT_BUILD, type HostChoices, type HostOption, hostFeatures } from './host-options.ts';
import { type KnownState, knownStates, settingReason } from './known-states.ts';
import type { Reason } from './reason.ts';

export interface KnownSituation {
  readonly situation: Situation;
  /** What decides a claim, as `conditionParts` makes them; undefined for one that is open. */
  readonly reasonOf: (claim: Condition) => Reason | undefined;
}

/** Values of a condition that stand for any value. */
const PLACEHOLDERS: ReadonlySet<unknown> = new Set(['[…]', 'PATH', 'DEVICE']);

function deviceKeyOf(key: string): DeviceKey | undefined {
  return DEVICE_KEYS.find((known) => known === key);
}

/** Whether one of the devices is as wanted; unknown where none is and one of them does not say. */
function devicesHold(devices: readonly Device[], wanted: string): Truth {
  if (PLACEHOLDERS.has(wanted)) return devices.length > 0 ? 'yes' : 'no';
  const answers = devices.map((device) => deviceSays(device, wanted));
  if (answers.includes(true)) return 'yes';
  return answers.includes(undefined) ? 'unknown' : 'no';
}

/** Whether the configuration sets a key to a value, or one of its devices to be as the value says. */
export function xlHolds(
  configuration: Configuration,
  key: string,
  wanted: string | number | boolean,
): Truth {
  const deviceKey = deviceKeyOf(key);
  if (deviceKey !== undefined) return devicesHold(devicesOf(configuration, deviceKey), `${wanted}`);
  const value = configuration.values.get(key)?.value;
  if (key === 'passthrough') return passthroughHolds(configuration, `${wanted}`);
  if (value === undefined) return key === 'hap' ? 'unknown' : 'no';
  if (PLACEHOLDERS.has(wanted)) {
    return typeof value === 'string' || (Array.isArray(value) && value.length > 0) ? 'yes' : 'no';
  }
  if (Array.isArray(value)) {
    if (wanted === 0 || wanted === 1) return value.length > 0 === (wanted === 1) ? 'yes' : 'no';
    return value.includes(`${wanted}`) ? 'yes' : 'no';
  }
  const plain = typeof value === 'boolean' ? Number(value) : value;
  return `${plain}` === `${wanted}` ? 'yes' : 'no';
}

/** `enabled` is what any value but `disabled` comes to; the default is enabled where a device is assigned. */
function passthroughHolds(configuration: Configuration, wanted: string): Truth {
  const value = configuration.values.get('passthrough')?.value;
  const assigned =
    devicesOf(configuration, 'pci').length + devicesOf(configuration, 'dtdev').length > 0;
  const enabled = value === 'default' ? assigned : value !== 'disabled';
  return enabled === (wanted !== 'disabled') ? 'yes' : 'no';
}

/** HAP or shadow paging, where the configuration says so: without a word libxl looks at the host. */
function pagingOf(configuration: Configuration): 'hap' | 'shadow' | undefined {
  if (configuration.kind === 'pv' || configuration.architecture === 'arm') return undefined;
  const value = configuration.values.get('hap')?.value;
  return value === undefined ? undefined : value === true ? 'hap' : 'shadow';
}

function chosenStates(choices: HostChoices): KnownState[] {
  const drivers = choices['pv-drivers'];
  const { apic } = choices;
  const state = (
    name: KnownState['state'],
    holds: boolean,
    option: HostOption,
    choice: string,
  ): KnownState => ({ state: name, holds, reason: { by: 'option', option, choice } });
  return [
    ...(drivers === undefined
      ? []
      : [state('pv-drivers', drivers === 'yes', 'pv-drivers', drivers)]),
    ...(apic === undefined
      ? []
      : [
          state('x2apic-mode', apic === 'x2apic', 'apic', apic),
          state('xapic-mode', apic === 'xapic', 'apic', apic),
        ]),
  ];
}

function inDefaultBuild(option: string): Truth {
  const built = DEFAULT_BUILD[option];
  return built === undefined ? 'unknown' : built ? 'yes' : 'no';
}

/** Joins what the configuration says with what the reader chose; the configuration wins. */
export function situationOf(configuration: Configuration, choices: HostChoices): KnownSituation {
  const states = new Map(
    [...chosenStates(choices), ...knownStates(configuration)].map((known) => [known.state, known]),
  );
  const features = new Map(
    hostFeatures(choices).map(([feature, holds, option]) => [feature, { holds, option }]),
  );
  const written = pagingOf(configuration);
  const chosen = (option: HostOption): Reason | undefined => {
    const choice = choices[option];
    return choice === undefined ? undefined : { by: 'option', option, choice };
  };
  const withDevice = devicesOf(configuration, 'pci').length > 0;
  const { vendor, bits } = choices;
  const paging = written ?? choices.paging;
  const situation: Situation = {
    ...((vendor === 'intel' || vendor === 'amd') && { vendor }),
    ...((paging === 'hap' || paging === 'shadow') && { paging }),
    ...(bits !== undefined && { bits: bits === '32' ? 32 : 64 }),
    features: {
      ...Object.fromEntries([...features].map(([feature, { holds }]) => [feature, holds])),
      ...(withDevice && { iommu: true }),
    },
    states: Object.fromEntries([...states].map(([state, { holds }]) => [state, holds])),
    xl: (key, value) => xlHolds(configuration, key, value),
    cmdline: () => 'unknown',
    ...(choices.build === 'default' &&
      configuration.architecture === 'x86' && { kconfig: inDefaultBuild }),
  };
  const reasonOf = (claim: Condition): Reason | undefined => {
    if (claim.vendor !== undefined) return chosen('vendor');
    if (claim.kconfig !== undefined) return chosen('build');
    if (claim.bits !== undefined) return chosen('bits');
    if (claim.paging !== undefined) {
      return written === undefined ? chosen('paging') : settingReason(configuration, 'hap');
    }
    const [key] = Object.keys(claim.xl ?? {});
    if (key !== undefined) return settingReason(configuration, key);
    const word = (claim.guest?.[0] ?? claim.feature?.[0] ?? '').replace(/^!/, '');
    const state = [...states.values()].find((known) => known.state === word);
    if (claim.guest !== undefined) return state?.reason;
    if (word === 'iommu') return withDevice ? settingReason(configuration, 'pci') : undefined;
    const feature = [...features].find(([known]) => known === word);
    return feature === undefined ? undefined : chosen(feature[1].option);
  };
  return { situation, reasonOf };
}
