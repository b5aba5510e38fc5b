import { beforeAll, describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readFixture } from '../../../../tests/xen-fixture.ts';
import type { Corpus } from '../../corpus.ts';
import { memoryAccess } from './index.ts';
import { MAPPING_FILES } from './mapping-files.ts';
import { WAYS } from './ways.ts';

let whole: Corpus;

beforeAll(async () => {
  whole = await corpusOf(await readFixture());
});

function changed(path: string, change: (text: string) => string) {
  const texts = new Map(whole.texts);
  texts.set(path, change(texts.get(path) ?? ''));
  return memoryAccess.extract(whole.withTexts(texts));
}

describe('memoryAccess', () => {
  it('tells an operation that no way speaks of', () => {
    const path = 'xen/include/public/memory.h';
    const { problems } = changed(path, (text) => `${text}#define XENMEM_polish 99 \n`);
    expect(problems).toMatchObject([{ kind: 'construct-unknown', actual: '`XENMEM_polish`' }]);
  });

  it('tells a function that reaches guest memory and belongs to no way', () => {
    const { problems } = changed(
      'xen/common/wheel.c',
      () =>
        'int polish_wheel(void)\n{\n    return get_page_from_gfn(d, gfn, NULL, P2M_ALLOC);\n}\n',
    );
    expect(problems).toMatchObject([
      {
        kind: 'construct-unknown',
        place: { path: 'xen/common/wheel.c' },
        actual: '`polish_wheel`',
      },
    ]);
  });

  it('tells a file that maps pages and that no table speaks of', () => {
    const { problems } = changed(
      'xen/common/wheel.c',
      () => 'void f(void)\n{\n    map_domain_page(mfn);\n}\n',
    );
    expect(problems).toMatchObject([{ kind: 'construct-unknown', place: { line: 3 } }]);
  });

  it('yields nothing without one of the headers', () => {
    const { facts, problems } = changed('xen/include/public/vcpu.h', () => '');
    expect(facts).toEqual([]);
    expect(problems).toMatchObject([
      { kind: 'construct-missing', actual: expect.stringContaining('memory-access/vcpu-ops') },
    ]);
  });

  it('names the operations and callers that the tree has', () => {
    const fact = memoryAccess.extract(whole).facts.find(({ id }) => id.endsWith('/pirq-eoi'));
    expect(fact?.attributes).toMatchObject({
      names: ['PHYSDEVOP_pirq_eoi_gmfn_v1', 'PHYSDEVOP_pirq_eoi_gmfn_v2'],
      callers: ['do_physdev_op'],
    });
  });
});

it('names each way once, and cites something for each cell', () => {
  const ids = WAYS.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  for (const { id, guests } of memoryAccess.extract(whole).facts) {
    const bare = Object.values(guests)
      .flat()
      .filter(({ evidence }) => evidence.length === 0);
    expect([id, bare]).toEqual([id, []]);
  }
});

it('knows each way that a file is part of', () => {
  const ids = new Set(WAYS.map(({ id }) => id));
  const named = Object.values(MAPPING_FILES).flat();
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});
