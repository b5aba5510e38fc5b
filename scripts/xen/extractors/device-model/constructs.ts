import type { Construct } from '../../construct.ts';

const CREATE = 'tools/libs/light/libxl_create.c';
const DM = 'tools/libs/light/libxl_dm.c';

/** What the device model needs of the source. */
export const constructs = {
  arguments: {
    id: 'device-model/arguments',
    what: 'the command line of QEMU as libxl builds it',
    minimum: 1,
    candidates: [{ in: DM, kind: 'function', name: 'libxl__build_device_model_args_new' }],
  },
  appended: {
    id: 'device-model/appended',
    what: 'the lines that append to the command line of QEMU',
    minimum: 60,
    candidates: [
      { in: DM, kind: 'lines', name: 'dm_args', pattern: /\bflexarray_\w*append\w*\(dm_args\b/ },
    ],
  },
  needQemu: {
    id: 'device-model/need-qemu',
    what: 'the decision whether a PV or PVH guest needs QEMU',
    minimum: 1,
    candidates: [{ in: DM, kind: 'function', name: 'libxl__need_xenpv_qemu' }],
  },
  launch: {
    id: 'device-model/launch',
    what: 'the start of the device model of a new guest',
    minimum: 1,
    candidates: [{ in: CREATE, kind: 'function', name: 'domcreate_launch_dm' }],
  },
  defaults: {
    id: 'device-model/defaults',
    what: 'what libxl chooses when the configuration says nothing',
    minimum: 1,
    candidates: [{ in: CREATE, kind: 'function', name: 'libxl__domain_build_info_setdefault' }],
  },
  manual: {
    id: 'device-model/manual',
    what: 'the keys that the manual page of xl.cfg documents',
    minimum: 130,
    candidates: [
      {
        in: 'docs/man/xl.cfg.5.pod.in',
        kind: 'lines',
        name: '=item',
        pattern: /^=item B<[a-z][a-z0-9_]*=/,
      },
    ],
  },
  read: {
    id: 'device-model/read',
    what: 'the keys that xl reads',
    minimum: 130,
    candidates: [
      {
        in: 'tools/xl/xl_parse.c',
        kind: 'lines',
        name: 'xlu_cfg_get_string',
        pattern: /\bxlu_cfg_\w+\s*\(\s*config\s*,\s*"/,
      },
    ],
  },
  added: {
    id: 'device-model/added',
    what: 'the drivers that libxl adds to a running QEMU',
    minimum: 4,
    candidates: [{ in: 'tools/libs/light/', kind: 'calls', name: 'libxl__qmp_param_add_string' }],
  },
} as const satisfies Record<string, Construct>;
