import type { Device } from '../device.ts';
import { BACKEND_DEVICES } from './backends.ts';
import { DISPLAY_DEVICES } from './display.ts';
import { FIRMWARE_DEVICES } from './firmware.ts';
import { MACHINE_DEVICES } from './machine.ts';
import { NETWORK_DEVICES } from './network.ts';
import { OTHER_DEVICES } from './other.ts';
import { RESTRAINT_DEVICES } from './restraint.ts';
import { ARM_SETTINGS } from './settings/arm.ts';
import { FIRMWARE_TABLES_SETTINGS } from './settings/firmware-tables.ts';
import { MEMORY_SETTINGS } from './settings/memory.ts';
import { PROCESSOR_SETTINGS } from './settings/processor.ts';
import { TIME_SETTINGS } from './settings/time.ts';
import { START_DEVICES } from './start.ts';
import { STORAGE_DEVICES } from './storage.ts';
import { USB_DEVICES } from './usb.ts';
import { VIEWER_DEVICES } from './viewers.ts';

/** Everything that libxl, xl.cfg or the machines of QEMU give a guest. */
export const DEVICES: readonly Device[] = [
  ...START_DEVICES,
  ...RESTRAINT_DEVICES,
  ...MACHINE_DEVICES,
  ...DISPLAY_DEVICES,
  ...VIEWER_DEVICES,
  ...STORAGE_DEVICES,
  ...NETWORK_DEVICES,
  ...BACKEND_DEVICES,
  ...USB_DEVICES,
  ...OTHER_DEVICES,
  ...FIRMWARE_DEVICES,
  ...TIME_SETTINGS,
  ...FIRMWARE_TABLES_SETTINGS,
  ...PROCESSOR_SETTINGS,
  ...MEMORY_SETTINGS,
  ...ARM_SETTINGS,
];
