import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { ExpressionError } from '../../expression.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { readConfigurations } from './permitted.ts';

const FLAGS = `#define LAPIC 1
#define PIT 2
#define PIRQ 4
#define VPCI 8
#define ALL 15
`;

const TABLE = `    static const struct row rows[] = {
        { .caps = CAP_PV | CAP_HWDOM | CAP_DOMU, .opt = PIT },
        { .caps = CAP_HVM | CAP_HWDOM, .min = LAPIC | VPCI },
        { .caps = CAP_HVM | CAP_DOMU, .min = ALL & ~(VPCI | PIRQ), .opt = PIRQ },
    };

    return find(rows, d, emflags);`;

const IFS = `    if ( is_hvm_domain(d) )
    {
        if ( is_hardware_domain(d) && emflags != (LAPIC | VPCI) )
            return false;
        if ( !is_hardware_domain(d) && (emflags & ~PIRQ) != (ALL & ~(VPCI | PIRQ)) )
            return false;
    }
    else if ( emflags != 0 && emflags != PIT )
        return false;

    return true;`;

async function read(body: string, all = 15n) {
  const text = `${FLAGS}bool emulation_flags_ok(const struct domain *d, uint32_t emflags)\n{\n${body}\n}\n`;
  const corpus = await corpusOf({ 'xen/a.c': text });
  const file = corpus.file('xen/a.c');
  if (file === undefined) throw new Error('no file');
  return readConfigurations(corpus.reader, file, macroEnvironment(file.macros), all);
}

describe('readConfigurations', () => {
  it.each([
    ['a table', TABLE],
    ['a chain of ifs', IFS],
  ])('reads %s', async (_shape, body) => {
    expect(await read(body)).toEqual(
      [
        { pv: true, hardwareDomain: true, min: 0n, opt: 2n },
        { pv: true, hardwareDomain: false, min: 0n, opt: 2n },
        { pv: false, hardwareDomain: true, min: 9n, opt: 0n },
        { pv: false, hardwareDomain: false, min: 3n, opt: 4n },
      ].sort(order),
    );
  });

  it('keeps configurations apart that differ in more than one flag', async () => {
    const body =
      '    if ( emflags != LAPIC && emflags != (PIT | VPCI) ) return false;\n    return true;';
    const pv = (await read(body)).filter((one) => one.pv && one.hardwareDomain);
    expect(pv.map(({ min, opt }) => [min, opt])).toEqual([
      [1n, 0n],
      [10n, 0n],
    ]);
  });

  it('does not try more sets of flags than a machine can', async () => {
    await expect(read('    return true;', 0xffff_ffffn)).rejects.toThrow('0xffffffff');
  });

  it('has none of a function of another shape', async () => {
    expect(await read('    do_it(emflags);')).toEqual([]);
  });

  it.each([
    ['an unknown predicate', '    if ( is_wheel(d) ) return false;\n    return true;'],
    [
      'an unknown flag',
      '    static const struct row rows[] = { { .caps = CAP_PV, .min = WHEEL } };',
    ],
  ])('throws at %s', async (_what, body) => {
    await expect(read(body)).rejects.toThrow(ExpressionError);
  });
});

/** The order of the extractor: PV first, the hardware domain first. */
function order(a: { pv: boolean; hardwareDomain: boolean }, b: typeof a): number {
  return Number(b.pv) - Number(a.pv) || Number(b.hardwareDomain) - Number(a.hardwareDomain);
}
