import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readNames, readOperations } from './operations.ts';
import {
  guardText,
  readDefined,
  readForwarded,
  readMapped,
  readRaw,
  readRegistered,
} from './registrations.ts';

const PATH = 'xen/arch/x86/hvm/wheel.c';
const SOURCE = `static const struct hvm_mmio_ops wheel_ops = {
    .check = wheel_accept,
    .read = wheel_read,
    .write = x86emul_unhandleable_rw,
};

void wheel_init(struct domain *d)
{
    if ( !has_wheel(d) )
        return;

    register_mmio_handler(d, &wheel_ops);
}

void raw_init(struct domain *d)
{
    struct hvm_io_handler *handler = hvm_next_io_handler(d);

    handler->type = IOREQ_TYPE_COPY;
    handler->ops = &raw_ops;
}

void port_init(struct domain *d)
{
    struct hvm_io_handler *handler = hvm_next_io_handler(d);

    handler->type = IOREQ_TYPE_PIO;
    handler->ops = &port_ops;
}

int forward(struct domain *d)
{
    return choose_server(d);
}
`;
const corpus = await corpusOf({
  [PATH]: SOURCE,
  'xen/include/wheel.h': 'void register_mmio_handler(struct domain *d, const void *ops);\n',
});

describe('readOperations', () => {
  const file = corpus.file(PATH);
  if (file === undefined) throw new Error('no file');

  it('reads the functions, and takes one that refuses for none', () => {
    expect(readOperations(file, 'wheel_ops')).toEqual({
      name: 'wheel_ops',
      read: 'wheel_read',
      write: null,
    });
    expect(readOperations(file, 'raw_ops')).toBeUndefined();
  });

  it('lists the structures of a type', () => {
    expect(readNames(file, 'hvm_mmio_ops')).toEqual(['wheel_ops']);
    expect(readNames(file, 'hvm_io_ops')).toEqual([]);
    expect(readDefined(corpus, file, 'hvm_mmio_ops', 'default')).toMatchObject([
      { line: 1, symbol: null, how: 'default', anchor: 'wheel_ops' },
    ]);
    expect(readDefined(corpus, undefined, 'hvm_mmio_ops', 'default')).toEqual([]);
  });
});

describe('the registrations', () => {
  it('are calls with their guards, and no declaration', () => {
    const [first, ...rest] = readRegistered(corpus);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ symbol: 'wheel_init', line: 12, how: 'mmio-handler' });
    expect(first?.guards.map(guardText)).toEqual(['has_wheel(d)']);
  });

  it('are handlers for memory that a function fills in, and none for ports', () => {
    expect(readRaw(corpus)).toMatchObject([
      { symbol: 'raw_init', operations: { name: 'raw_ops', read: null }, how: 'io-handler' },
    ]);
  });

  it('are choices of an ioreq server, where the function still chooses', () => {
    const file = corpus.file(PATH);
    expect(readForwarded(file, 'forward', ['choose_server'])).toMatchObject([
      { line: 31, how: 'device-model', operations: { name: 'choose_server' } },
    ]);
    expect(readForwarded(file, 'forward', ['choose_nobody'])).toEqual([]);
    expect(readForwarded(file, 'backward', ['choose_server'])).toEqual([]);
  });

  it('write a guard that must not hold with `!`', () => {
    expect(guardText({ text: 'a(d)', holds: false })).toBe('!a(d)');
  });
});

describe('readMapped', () => {
  const TRAPS = 'xen/arch/arm/traps.c';

  it('finds the function that maps on the first access, in code and not in a comment', async () => {
    const maps = 'bool try_map_mmio(void)\n{\n    return map(vgic.vbase);\n}\n';
    const mapped = readMapped(await corpusOf({ [TRAPS]: maps }));
    expect(mapped.map(({ symbol, how }) => [symbol, how])).toEqual([['try_map_mmio', 'mapped']]);
    const silent = maps.replace('map(vgic.vbase)', 'map() /* vgic.vbase */');
    expect(readMapped(await corpusOf({ [TRAPS]: silent }))).toEqual([]);
  });

  it('finds the one that maps at once', async () => {
    const path = 'xen/arch/arm/vgic-v2.c';
    const early = 'int vgic_v2_domain_init(void)\n{\n    return map_mmio_regions(base);\n}\n';
    const [mapped] = readMapped(await corpusOf({ [path]: early }));
    expect(mapped?.operations.name).toBe('map_mmio_regions');
  });
});
