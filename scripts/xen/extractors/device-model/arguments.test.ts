import { beforeAll, describe, expect, it } from 'vitest';
import { CFile } from '../../c-file.ts';
import { CReader } from '../../c-reader.ts';
import { loadCParser } from '../../tree-sitter.ts';
import { type Argument, readAddedDrivers, readArguments } from './arguments.ts';
import { audienceOf } from './guards.ts';

const SOURCE = `
static void build(struct config *b_info)
{
    flexarray_vappend(dm_args, dm, "-name", b_info->name, NULL);
    flexarray_append(dm_args, "-mon");
    if (fd >= 0) {
        flexarray_append(dm_args, GCSPRINTF("fd=%d" ",wait=off", fd));
        flexarray_append(dm_args, "-S");
    } else {
        flexarray_append(dm_args, "path");
    }
    if (b_info->type == LIBXL_DOMAIN_TYPE_HVM) {
        drive = GCSPRINTF("if=ide,file=%s", file);
        flexarray_vappend(dm_args, "-drive", drive, "-device", "wheel", NULL);
    } else
        flexarray_append_pair(dm_args, "-k", (char *)keymap);
    flexarray_append(other, "-k");
    switch (b_info->type) {
    case LIBXL_DOMAIN_TYPE_PVH:
    case LIBXL_DOMAIN_TYPE_PV:
        flexarray_append(dm_args, "-lonely");
        break;
    }
    flexarray_append(dm_args, b_info->extra[i]);
    flexarray_append(dm_args, NULL);
}

static void add(void)
{
    libxl__qmp_param_add_string(gc, &args, "id", "spoke");
    libxl__qmp_param_add_string(gc, &args,
                                "driver", "oak-wheel");
}
`;

let read: Argument[];
let added: Argument[];

beforeAll(async () => {
  const reader = new CReader(await loadCParser());
  const file = new CFile('tools/wheel.c', SOURCE);
  read = readArguments(reader, file);
  added = readAddedDrivers(reader, file);
});

describe('readArguments', () => {
  it('joins options and values in the order of the source', () => {
    expect(read.map(({ text, line }) => [text, line])).toEqual([
      ['-name b_info->name', 4],
      ['-mon fd=%d,wait=off', 7],
      ['-S', 8],
      ['-mon path', 10],
      ['-drive if=ide,file=%s', 13],
      ['-device wheel', 14],
      ['-k keymap', 16],
      ['-lonely', 21],
      ['b_info->extra[i]', 24],
    ]);
  });

  it('says for whom an argument is, by what is around it', () => {
    const audiences = read.map((argument) => [argument.text, audienceOf(argument)]);
    expect(audiences).toContainEqual(['-name b_info->name', 'every']);
    expect(audiences).toContainEqual(['-device wheel', 'hvm']);
    expect(audiences).toContainEqual(['-k keymap', 'backend']);
    expect(audiences).toContainEqual(['-lonely', 'backend']);
  });

  it('gathers the labels that share a body', () => {
    const lonely = read.find(({ text }) => text === '-lonely');
    expect(lonely?.cases).toEqual(['LIBXL_DOMAIN_TYPE_PVH', 'LIBXL_DOMAIN_TYPE_PV']);
  });
});

it('reads the drivers that QMP adds', () => {
  expect(added.map(({ text, symbol, line }) => [text, symbol, line])).toEqual([
    ['device_add oak-wheel', 'add', 32],
  ]);
});
