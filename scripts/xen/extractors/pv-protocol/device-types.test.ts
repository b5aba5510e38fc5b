import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readCounted, readDeviceTable, readDeviceTypes, readQemuKinds } from './device-types.ts';

const FOLDER = 'tools/libs/light';
const TYPES = `DEFINE_DEVICE_TYPE_STRUCT(hub, HUB, hubs,
    .merge = hub_merge,
    .dm_needed = hub_needs,
);
static DEFINE_DEVICE_TYPE_STRUCT(axle, NONE, axles);
DEFINE_DEVICE_TYPE_STRUCT(spoke, SPOKE, spokes);
`;

describe('readDeviceTypes', () => {
  it.each([
    ['its array is counted', [], ['axles'], ['axle']],
    ['it stands in the table and has a `dm_needed`', ['hub', 'spoke'], [], ['hub']],
    ['never without the table', [], [], []],
  ])('lets a type start QEMU when %s', async (_what, table, counted, started) => {
    const corpus = await corpusOf({ [`${FOLDER}/libxl_hub.c`]: TYPES });
    const types = readDeviceTypes(corpus, table, counted);
    expect(types.map(({ name, kind }) => [name, kind])).toEqual([
      ['axle', 'NONE'],
      ['hub', 'HUB'],
      ['spoke', 'SPOKE'],
    ]);
    expect(types.filter(({ startsQemu }) => startsQemu).map(({ name }) => name)).toEqual(started);
  });

  it('reads the definitions before Xen 4.15, which name no array', async () => {
    const text = `DEFINE_DEVICE_TYPE_STRUCT(hub, HUB,
    .dm_needed = hub_needs
);
DEFINE_DEVICE_TYPE_STRUCT(spoke, SPOKE);
DEFINE_DEVICE_TYPE_STRUCT_X(axledev, axle, AXLE,
    .merge = axle_merge
);
`;
    const path = 'tools/libxl/libxl_hub.c';
    const corpus = await corpusOf({ [path]: text }, '4.14.0');
    expect(readDeviceTypes(corpus, ['hub'], ['axledevs'])).toEqual([
      {
        name: 'axle',
        kind: 'AXLE',
        startsQemu: true,
        path,
        anchor: 'DEFINE_DEVICE_TYPE_STRUCT_X(axledev, axle, AXLE',
      },
      {
        name: 'hub',
        kind: 'HUB',
        startsQemu: true,
        path,
        anchor: 'DEFINE_DEVICE_TYPE_STRUCT(hub, HUB',
      },
      {
        name: 'spoke',
        kind: 'SPOKE',
        startsQemu: false,
        path,
        anchor: 'DEFINE_DEVICE_TYPE_STRUCT(spoke, SPOKE',
      },
    ]);
  });

  it('leaves out the definition of the macro, and other folders', async () => {
    const corpus = await corpusOf({
      [`${FOLDER}/libxl_internal.h`]: TYPES,
      'tools/xl/hub.c': TYPES,
    });
    expect(readDeviceTypes(corpus, [], [])).toEqual([]);
  });
});

it('readDeviceTable reads the names in their order', () => {
  const table =
    'const libxl__device_type *device_type_tbl[] = {\n    &libxl__hub_devtype,\n    &libxl__axle_devtype,\n    NULL\n};\n';
  expect(readDeviceTable(`&libxl__other_devtype;\n${table}`)).toEqual(['hub', 'axle']);
  expect(readDeviceTable('')).toEqual([]);
});

it('readQemuKinds reads the kinds that the macro compares with', () => {
  const body = '(d)->kind == LIBXL__DEVICE_KIND_QHUB || (d)->kind == LIBXL__DEVICE_KIND_9AXLE';
  expect(readQemuKinds(body)).toEqual(['QHUB', '9AXLE']);
});

it('readCounted reads each array once', () => {
  expect(readCounted('c->num_hubs > 0; i < c->num_axles; c->num_axles; dt->num;')).toEqual([
    'hubs',
    'axles',
  ]);
});
