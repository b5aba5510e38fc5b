import type { Construct } from '../../construct.ts';
import { STATUS_LINE } from '../support-status/constructs.ts';

/** What the PV protocols need of the source, beside the headers themselves. */
export const constructs = {
  deviceTypes: {
    id: 'pv-protocol/device-types',
    what: 'the macro that defines the device types of libxl',
    minimum: 1,
    candidates: [
      {
        in: 'tools/libs/light/libxl_internal.h',
        kind: 'macro',
        name: 'DEFINE_DEVICE_TYPE_STRUCT',
      },
    ],
  },
  qemuKinds: {
    id: 'pv-protocol/qemu-kinds',
    what: 'the kinds of backend that libxl knows as QEMU’s',
    minimum: 1,
    candidates: [{ in: 'tools/libs/light/libxl_internal.h', kind: 'macro', name: 'QEMU_BACKEND' }],
  },
  table: {
    id: 'pv-protocol/table',
    what: 'the table of the device types that libxl adds to a guest',
    minimum: 1,
    candidates: [
      {
        in: 'tools/libs/light/libxl_create.c',
        kind: 'lines',
        name: 'device_type_tbl',
        pattern: /^(?:static )?const libxl__device_type \*device_type_tbl\[\]/,
      },
    ],
  },
  needQemu: {
    id: 'pv-protocol/need-qemu',
    what: 'the decision whether a PV or PVH guest needs QEMU',
    minimum: 1,
    candidates: [
      { in: 'tools/libs/light/libxl_dm.c', kind: 'function', name: 'libxl__need_xenpv_qemu' },
    ],
  },
  launch: {
    id: 'pv-protocol/launch',
    what: 'the devices that libxl adds outside of the table',
    minimum: 1,
    candidates: [
      { in: 'tools/libs/light/libxl_create.c', kind: 'function', name: 'domcreate_launch_dm' },
    ],
  },
  support: {
    id: 'pv-protocol/support',
    what: 'the rows of SUPPORT.md',
    minimum: 150,
    candidates: [{ in: 'SUPPORT.md', kind: 'lines', name: 'Status', pattern: STATUS_LINE }],
  },
} as const satisfies Record<string, Construct>;
