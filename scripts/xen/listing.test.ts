import { expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { type Listing, readListings, readNames, unlistedNames } from './listing.ts';

const NAMES = /^#define\s+(WHEEL_\w+)\s/;
const listing: Listing = {
  id: 'wheel/ops',
  what: 'the operations of wheels',
  minimum: 2,
  names: NAMES,
  candidates: [{ in: 'wheel.h', kind: 'lines', name: 'ops', pattern: NAMES }],
};

const HEADER = '#define WHEEL_turn 1\n#define WHEEL_stop 2\n#define WHEEL_turn 3\n';

it('readNames takes each name once, where it stands first', () => {
  expect(readNames('wheel.h', HEADER, NAMES)).toEqual([
    { name: 'WHEEL_turn', path: 'wheel.h', line: 1 },
    { name: 'WHEEL_stop', path: 'wheel.h', line: 2 },
  ]);
});

it('readListings yields nothing when a list is short, and says so', async () => {
  const corpus = await corpusOf({ 'wheel.h': '#define WHEEL_turn 1\n' });
  const { names, problems } = readListings(corpus, { ops: listing });
  expect(names).toBeNull();
  expect(problems).toMatchObject([{ kind: 'count-low' }]);
});

it('unlistedNames tells each name that no table speaks of', async () => {
  const corpus = await corpusOf({ 'wheel.h': HEADER });
  const { names } = readListings(corpus, { ops: listing });
  expect(unlistedNames(names ?? [], new Set(['WHEEL_turn']), 'wheel')).toMatchObject([
    { kind: 'construct-unknown', place: { path: 'wheel.h', line: 2 }, actual: '`WHEEL_stop`' },
  ]);
});
