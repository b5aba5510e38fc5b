/** States of the guest that its configuration decides, each with the setting that does. */
import type { GuestState } from '../model/condition.ts';
import { type Configuration, devicesOf, flagOf, numberOf, textOf } from './configuration.ts';
import type { DeviceKey } from './device-specs.ts';
import type { Reason } from './reason.ts';

export interface KnownState {
  readonly state: GuestState;
  readonly holds: boolean;
  readonly reason: Reason;
}

/** The setting of a key as a reason; for lists of devices whether there are any. */
export function settingReason(configuration: Configuration, key: string): Reason {
  const decided = configuration.values.get(key);
  return { by: 'setting', key, value: decided?.value, line: decided?.line };
}

class States {
  readonly known: KnownState[] = [];
  readonly #configuration: Configuration;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  set(state: GuestState, holds: boolean, key: string): void {
    this.known.push({ state, holds, reason: settingReason(this.#configuration, key) });
  }

  /** A state that a rule brings with it. */
  always(state: GuestState, words: string): void {
    this.known.push({ state, holds: true, reason: { by: 'rule', words } });
  }

  /** A state that a rule rules out. */
  never(state: GuestState, words: string): void {
    this.known.push({ state, holds: false, reason: { by: 'rule', words } });
  }
}

function has(configuration: Configuration, key: DeviceKey): boolean {
  return devicesOf(configuration, key).length > 0;
}

/** Devices, ports and memory of the host. */
function setResources(states: States, configuration: Configuration): void {
  const pci = has(configuration, 'pci');
  states.set('pci-device', pci, 'pci');
  states.set('platform-device', has(configuration, 'dtdev'), 'dtdev');
  // An assigned device may bring ports and memory with it, and need not.
  if (has(configuration, 'ioports')) states.set('ports-granted', true, 'ioports');
  else if (!pci) states.set('ports-granted', false, 'ioports');
  if (has(configuration, 'iomem')) states.set('iomem-granted', true, 'iomem');
  else if (!pci) states.set('iomem-granted', false, 'iomem');
  const granted = (['pci', 'iomem', 'ioports'] as const).find((key) => has(configuration, key));
  if (granted === undefined) states.never('cache-flush-permitted', 'no pci=, iomem= or ioports=');
  else states.set('cache-flush-permitted', true, granted);
  const passthrough = textOf(configuration, 'passthrough');
  const assigned = pci || has(configuration, 'dtdev');
  if (passthrough === 'default') {
    states.set('iommu-enabled', assigned, pci ? 'pci' : assigned ? 'dtdev' : 'passthrough');
  } else states.set('iommu-enabled', passthrough !== 'disabled', 'passthrough');
}

/** How Xen gives the guest its time. The key is that of the container where the guest is in the shim. */
function setTime(states: States, configuration: Configuration): void {
  const mode = textOf(configuration, 'tsc_mode');
  const emulated = mode === 'always_emulate';
  if (configuration.guest !== 'pv-shim') {
    if (emulated || mode === 'native') states.set('vtsc', emulated, 'tsc_mode');
  } else if (emulated) {
    // Then the shim is shown an invariant TSC, on which it relies; else only a guest that cannot migrate may be.
    states.set('vtsc', false, 'tsc_mode');
  } else if (!flagOf(configuration, 'nomigrate')) {
    states.always('vtsc', 'libxl shows the container of the shim no invariant TSC');
  }
}

function setMemory(states: States, configuration: Configuration): void {
  if (configuration.kind === 'pv') {
    states.never('populate-on-demand', 'a PV guest populates its memory itself');
    return;
  }
  const memory = numberOf(configuration, 'memory');
  const maximum = numberOf(configuration, 'maxmem');
  const later = memory !== undefined && maximum !== undefined && memory < maximum;
  states.set('populate-on-demand', later, 'maxmem');
}

function setHvm(states: States, configuration: Configuration): void {
  const { values, kind } = configuration;
  if (kind !== 'hvm') {
    states.never('ioreq-server', 'libxl starts a device model for HVM guests only');
    states.never('viridian', 'libxl offers Viridian to HVM guests only');
    states.never('lmce', 'libxl offers local machine checks to HVM guests only');
    return;
  }
  states.always('ioreq-server', 'libxl starts a device model for every HVM guest');
  const listOf = (key: string): readonly unknown[] => {
    const value = values.get(key)?.value;
    return Array.isArray(value) ? value : [];
  };
  states.set('viridian', listOf('viridian').length > 0, 'viridian');
  states.set('lmce', listOf('mca_caps').includes('lmce'), 'mca_caps');
}

function setArm(states: States, configuration: Configuration): void {
  const gic = textOf(configuration, 'gic_version');
  if (gic === 'v2' || gic === 'v3') {
    states.set('vgic-v2', gic === 'v2', 'gic_version');
    states.set('vgic-v3', gic === 'v3', 'gic_version');
  }
  states.set('sve', textOf(configuration, 'sve') !== 'disabled', 'sve');
  states.set('tee', textOf(configuration, 'tee') !== 'none', 'tee');
  const virtio =
    has(configuration, 'virtio') ||
    devicesOf(configuration, 'disk').some(({ parts }) => parts['specification'] === 'virtio');
  states.set('ioreq-server', virtio, has(configuration, 'virtio') ? 'virtio' : 'disk');
  states.never('built-at-boot', 'the toolstack builds the guest, not Xen at boot');
}

/** Every state that the configuration decides. What the running guest decides is not among them. */
export function knownStates(configuration: Configuration): readonly KnownState[] {
  const states = new States(configuration);
  const { kind, architecture, values } = configuration;
  setResources(states, configuration);
  if (architecture === 'arm') {
    setArm(states, configuration);
    return states.known;
  }
  setTime(states, configuration);
  setMemory(states, configuration);
  setHvm(states, configuration);
  states.never('built-at-boot', 'the toolstack builds the guest, not Xen at boot');
  states.never('emulated-pit', 'libxl asks Xen for no PIT but that of HVM guests');
  if (kind === 'pv') states.never('nested-hvm', 'a PV guest has no nested virtualization');
  else states.set('nested-hvm', flagOf(configuration, 'nestedhvm'), 'nestedhvm');
  const altp2m = textOf(configuration, 'altp2m');
  const older = flagOf(configuration, 'altp2mhvm');
  if (kind === 'pv') states.never('altp2m', 'a PV guest has one view of its memory');
  else {
    const byOlder = altp2m === 'disabled' && older;
    states.set('altp2m', altp2m !== 'disabled' || older, byOlder ? 'altp2mhvm' : 'altp2m');
  }
  if (numberOf(configuration, 'max_grant_version') === 1) {
    states.set('grant-v2', false, 'max_grant_version');
  }
  if (!values.has('cpuid')) states.set('foreign-vendor', false, 'cpuid');
  return states.known;
}
