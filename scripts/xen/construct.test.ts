import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { type Construct, constructsOf, locate, locateAll } from './construct.ts';

const TEXTS = {
  'xen/a.c': '#define WHEEL 1\nvoid turn(void)\n{\n    stop(1);\n    stop(2);\n}\n',
  'xen/arch/b.c': 'void other(void)\n{\n    stop(3);\n}\n',
  'xen/defs.h': 'row: 1\nrow: 2\n',
};
const construct = (
  candidates: Construct['candidates'],
  minimum = 1,
): Construct & { readonly id: 'wheel/turn' } => ({
  id: 'wheel/turn',
  what: 'the turning of wheels',
  minimum,
  candidates,
});

describe('locate finds', () => {
  it.each([
    ['a function', { in: 'xen/a.c', kind: 'function', name: 'turn' }, 1, 'xen/a.c'],
    ['a macro', { in: 'xen/a.c', kind: 'macro', name: 'WHEEL' }, 1, 'xen/a.c'],
    ['calls in a folder', { in: 'xen/', kind: 'calls', name: 'stop' }, 3, 'xen/a.c'],
    ['a word on lines', { in: 'xen/defs.h', kind: 'lines', name: 'row' }, 2, 'xen/defs.h'],
    [
      'lines of a pattern',
      { in: 'xen/defs.h', kind: 'lines', name: 'row', pattern: /^row: 2/ },
      1,
      'xen/defs.h',
    ],
  ] as const)('%s', async (_what, candidate, minimum, path) => {
    const result = locate(await corpusOf(TEXTS), construct([candidate], minimum));
    expect(result).toMatchObject({ found: { candidate, path } });
  });

  it.each([
    ['4.16.4', 'xen/a.c'],
    ['4.17.0', 'xen/arch/b.c'],
    ['4.22.0', 'xen/arch/b.c'],
  ])('the candidate of the release: %s', async (release, path) => {
    const candidates = [
      { in: 'xen/a.c', until: '4.17', kind: 'calls', name: 'stop' },
      { in: 'xen/arch/b.c', since: '4.17', kind: 'calls', name: 'stop' },
    ] as const;
    expect(locate(await corpusOf(TEXTS, release), construct(candidates))).toMatchObject({
      found: { path },
    });
  });
});

describe('locate reports', () => {
  it('a missing construct with every candidate and where the name stands now', async () => {
    const candidates = [
      { in: 'xen/none.c', kind: 'function', name: 'stop' },
      { in: 'xen/arch/', kind: 'function', name: 'stop' },
      { in: 'xen/defs.h', kind: 'lines', name: 'vanished' },
    ] as const;
    expect(locate(await corpusOf(TEXTS), construct(candidates))).toEqual({
      problem: expect.objectContaining({
        kind: 'construct-missing',
        severity: 'error',
        place: { path: 'xen/none.c' },
        actual: '0 of `wheel/turn` (the turning of wheels) in Xen 4.22.0',
        expected: 'at least 1',
        details: [
          'tried function `stop` in xen/none.c: no such file',
          'tried function `stop` in xen/arch/: 0 definitions',
          'tried lines `vanished` in xen/defs.h: 0 matching lines',
          '`stop` now stands in xen/a.c, xen/arch/b.c',
          '`vanished` stands nowhere in Xen 4.22.0',
        ],
      }),
    });
  });

  it('a count below the floor', async () => {
    const candidates = [{ in: 'xen/', kind: 'calls', name: 'stop' }] as const;
    expect(locate(await corpusOf(TEXTS), construct(candidates, 4))).toMatchObject({
      problem: { kind: 'count-low', expected: 'at least 4', actual: /^3 of `wheel/ },
    });
  });

  it('a count below the floor of the candidate, in place of that of the construct', async () => {
    const candidate = { in: 'xen/', kind: 'calls', name: 'stop' } as const;
    const least = (minimum: number) => construct([{ ...candidate, minimum }], 5);
    const corpus = await corpusOf(TEXTS);
    expect(locate(corpus, least(3))).toMatchObject({ found: { path: 'xen/a.c' } });
    expect(locate(corpus, least(4))).toMatchObject({ problem: { expected: 'at least 4' } });
  });

  it('a release that no candidate speaks of', async () => {
    const candidates = [{ in: 'xen/a.c', until: '4.10', kind: 'macro', name: 'WHEEL' }] as const;
    expect(locate(await corpusOf(TEXTS), construct(candidates))).toMatchObject({
      problem: { kind: 'construct-missing', details: [] },
    });
  });

  it('every construct that is missing, not only the first', async () => {
    const missing = construct([{ in: 'xen/a.c', kind: 'macro', name: 'GONE' }]);
    const there = construct([{ in: 'xen/a.c', kind: 'macro', name: 'WHEEL' }]);
    const { found, problems } = locateAll(await corpusOf(TEXTS), { missing, there, also: missing });
    expect(found).toBeNull();
    expect(problems).toHaveLength(2);
  });
});

it('leaves out what a release is declared not to have', () => {
  const always = construct([]);
  const later = { ...always, since: '4.15' };
  expect(constructsOf({ always, later }, '4.14.0')).toEqual({ always });
  expect(constructsOf({ always, later }, '4.15.0')).toEqual({ always, later });
  const gone = { ...always, until: '4.15' };
  expect(constructsOf({ always, gone }, '4.14.0')).toEqual({ always, gone });
  expect(constructsOf({ always, gone }, '4.15.0')).toEqual({ always });
});
