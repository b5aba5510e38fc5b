/** Which handlings stand in place of the default of their row, and not beside it. */

import type { BareHandling } from '../data/explain-data.ts';
import { type Configuration, devicesOf } from './configuration.ts';

/**
 * Settings that take away or replace the first handling of a row, by the row and the setting of the handling that then
 * holds. Other handlings under a setting add to the default, such as a second console.
 */
export const REPLACING: readonly (readonly [row: string, setting: string])[] = [
  ['boot/acpi-tables', 'acpi=0'],
  ['boot/firmware', 'bios=ovmf'],
  ['devices/disk', 'hdtype=ahci'],
  ['devices/framebuffer', 'vga=none'],
  ['devices/network', 'vif=type=vif'],
  ['devices/vga', 'vga=none'],
  ['platform/device-model', 'device_model_stubdomain_override=1'],
  ['time/hpet', 'hpet=0'],
];

/** Settings whose handling says that a part is missing, while the default of the row stays. */
export const PARTIAL: readonly (readonly [row: string, setting: string])[] = [
  ['boot/suspend-resume', 'acpi_s3=0'],
  ['devices/acpi-pm-block', 'acpi=0'],
  ['devices/chipset', 'xen_platform_pci=0'],
  ['devices/console', 'vga=none'],
  ['devices/keyboard-mouse', 'vkb_device=0'],
];

/** Verdicts of a default that only says that the configuration has not asked for more. */
const NOT_ASKED: ReadonlySet<string> = new Set(['absent', 'hidden']);

/** The settings of a handling’s condition, as `key=value`. */
export function settingsOf({ when }: BareHandling): string[] {
  return Object.entries(when?.xl ?? {}).map(([key, value]) => `${key}=${value}`);
}

function standsInstead(row: string, handling: BareHandling): boolean {
  const settings = settingsOf(handling);
  return REPLACING.some(([id, setting]) => id === row && settings.includes(setting));
}

/** Every card is paravirtualized only. */
function isWithoutEmulatedCards(configuration: Configuration): boolean {
  return devicesOf(configuration, 'vif').every(({ parts }) => parts['type'] === 'vif');
}

function isUnconditional({ when }: BareHandling): boolean {
  return when === undefined || Object.keys(when).length === 0;
}

/** The handling that certainly holds and stands in place of the default of a row; undefined when none does. */
export function replacementOf(
  row: string,
  [first]: readonly BareHandling[],
  certain: readonly BareHandling[],
  configuration: Configuration,
): BareHandling | undefined {
  const instead = certain.find((handling) => handling !== first && standsInstead(row, handling));
  const perCard = instead !== undefined && settingsOf(instead).includes('vif=type=vif');
  return perCard && !isWithoutEmulatedCards(configuration) ? undefined : instead;
}

/** Whether the default of a row only says that nothing was asked for. */
export function saysNotAsked(first: BareHandling | undefined): boolean {
  return first !== undefined && isUnconditional(first) && NOT_ASKED.has(first.how);
}
