/** For which guests libxl passes an argument, by the conditions around it. */
import type { Argument } from './arguments.ts';

export type Audience = 'hvm' | 'backend' | 'every';

const TYPE = /^b_info->type (==|!=) LIBXL_DOMAIN_TYPE_HVM$/;

/** `hvm` inside of what is done for HVM guests, `backend` inside of what is done for PV and PVH, else `every`. */
export function audienceOf({ guards, cases, symbol }: Argument): Audience {
  if (cases.includes('LIBXL_DOMAIN_TYPE_HVM') || HVM_FUNCTIONS.has(symbol)) return 'hvm';
  if (cases.includes('LIBXL_DOMAIN_TYPE_PV')) return 'backend';
  for (const { text, holds } of guards) {
    const operator = TYPE.exec(text)?.[1];
    if (operator !== undefined) return (operator === '==') === holds ? 'hvm' : 'backend';
  }
  return 'every';
}

/** Functions that are called for HVM guests only. */
const HVM_FUNCTIONS = new Set([
  'qemu_disk_scsi_drive_string',
  'qemu_disk_ide_drive_string',
  'set_vcpuonline_qmp_device_add_cpu',
  'pci_add_qmp_device_add',
  'libxl__device_usbctrl_add_hvm',
  'libxl__device_usbdev_add_hvm',
]);
