import type { Device } from '../device.ts';
import { BACKEND_DEVICES } from './backends.ts';
import { DISPLAY_DEVICES } from './display.ts';
import { MACHINE_DEVICES } from './machine.ts';
import { NETWORK_DEVICES } from './network.ts';
import { OTHER_DEVICES } from './other.ts';
import { SETTINGS } from './settings.ts';
import { START_DEVICES } from './start.ts';
import { STORAGE_DEVICES } from './storage.ts';
import { USB_DEVICES } from './usb.ts';

/** Everything that libxl, xl.cfg or the machines of QEMU give a guest. */
export const DEVICES: readonly Device[] = [
  ...START_DEVICES,
  ...MACHINE_DEVICES,
  ...DISPLAY_DEVICES,
  ...STORAGE_DEVICES,
  ...NETWORK_DEVICES,
  ...BACKEND_DEVICES,
  ...USB_DEVICES,
  ...OTHER_DEVICES,
  ...SETTINGS,
];
