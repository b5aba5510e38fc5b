import { describe, expect, it } from 'vitest';
import { isInSpan } from '../../src/model/release.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import {
  type AuthoredCells,
  at,
  byXenOutside,
  cellsOf,
  citeCells,
  guestsOf,
  sinceOption,
  textIn,
} from './authored.ts';
import { EvidenceList } from './extractor.ts';

const CELLS: AuthoredCells = [
  ['all', { how: 'absent' }],
  ['pvs', { how: 'emulated', by: 'xen' }],
  ['pv-dom0', { how: 'native', until: '4.20' }, { how: 'hardware', since: '4.20' }],
];

describe('cellsOf', () => {
  it('lets the later entry win, in the releases that it is for', () => {
    expect(cellsOf(CELLS, '4.22.0')).toMatchObject({
      pv: [{ how: 'emulated' }],
      'pv-dom0': [{ how: 'hardware' }],
      arm: [{ how: 'absent' }],
    });
    expect(cellsOf(CELLS, '4.17.0')['pv-dom0']).toMatchObject([{ how: 'native' }]);
  });

  it('does not leave a guest type out', () => {
    expect(() => cellsOf([['pv', { how: 'absent' }]], '4.22.0')).toThrow(
      'No authored cell for pvh',
    );
  });
});

it('textIn gives the text of the release, and leaves none without one', () => {
  const texts = [
    { text: 'two wheels', until: '4.14' },
    { text: 'four wheels', since: '4.15' },
  ];
  expect(textIn('a wheel', '4.13.0')).toBe('a wheel');
  expect(textIn(texts, '4.13.4')).toBe('two wheels');
  expect(textIn(texts, '4.22.0')).toBe('four wheels');
  expect(() => textIn(texts, '4.14.0')).toThrow('No authored text in 4.14.0');
});

it('guestsOf knows groups and single guest types', () => {
  expect(guestsOf('arms')).toEqual(['arm', 'arm-dom0']);
  expect(guestsOf('hvm')).toEqual(['hvm']);
});

it('isIn takes the first release and leaves the last one out', () => {
  const span = { since: '4.18', until: '4.20' };
  expect(
    ['4.17.0', '4.18.0', '4.19.2', '4.20.0'].map((release) => isInSpan(span, release)),
  ).toEqual([false, true, true, false]);
});

it('citeCells cites the places of the fact and of the cell, and lets the shim do what Xen does', async () => {
  const corpus = await corpusOf({ 'a.c': 'void wheel(void)\n{\n    spoke();\n}\n' });
  const evidence = new EvidenceList(corpus);
  const guests = citeCells(
    evidence,
    [at('a.c', 'wheel'), { ...at('a.c', 'hub'), until: '4.0' }],
    [
      ['all', { how: 'absent' }],
      ['pv-shim', { how: 'emulated', by: 'xen', places: [at('a.c', 'wheel', 'spoke')] }],
    ],
    corpus,
  );
  expect(evidence.problems).toEqual([]);
  expect(guests.pv).toEqual([{ how: 'absent', evidence: [0] }]);
  expect(guests['pv-shim']).toEqual([{ how: 'emulated', by: 'shim', evidence: [0, 1] }]);
});

it('citeCells leaves to the Xen outside what is its own, and names build options', async () => {
  const corpus = await corpusOf({
    'a.c': 'void wheel(void)\n{\n}\n',
    'xen/arch/x86/include/asm/paging.h': '#ifdef CONFIG_SHADOW_PAGING\n#endif\n',
  });
  const cells: AuthoredCells = [
    ['all', { how: 'absent' }],
    ['pv-shim', byXenOutside({ how: 'emulated', when: { paging: 'shadow' } })],
  ];
  const guests = citeCells(new EvidenceList(corpus), [at('a.c', 'wheel')], cells, corpus);
  expect(guests['pv-shim']).toEqual([
    {
      how: 'emulated',
      by: 'xen',
      when: { paging: 'shadow', kconfig: ['CONFIG_SHADOW_PAGING'] },
      evidence: [0],
    },
  ]);
});

it('sinceOption asks for the option in the releases that have it', () => {
  const cells: AuthoredCells = [
    [
      'all',
      ...sinceOption(
        '4.21',
        'CONFIG_HUB',
        { how: 'exposed', when: { vendor: 'amd' } },
        'CONFIG_AXLE',
      ),
    ],
    ['hvm', ...sinceOption('4.21', 'CONFIG_HUB', { how: 'exposed' })],
  ];
  const when = (release: string) => {
    const { pv, hvm } = cellsOf(cells, release);
    return [pv[0]?.when, hvm[0]?.when];
  };
  expect(when('4.22.0')).toEqual([
    { vendor: 'amd', kconfig: ['CONFIG_HUB'] },
    { kconfig: ['CONFIG_HUB'] },
  ]);
  expect(when('4.20.0')).toEqual([{ vendor: 'amd', kconfig: ['CONFIG_AXLE'] }, undefined]);
});
