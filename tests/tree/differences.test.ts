/**
 * An older tree yields less than the pinned one. Each fact that is missing has to be explained: what it is read from is
 * not in the tree, or a person found why.
 */
import { beforeAll, expect, it } from 'vitest';
import { resolveEvidence } from '../../scripts/xen/evidence.ts';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import { readPinned } from '../pinned-content.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

/** Facts whose place stands in a tree that does not yield them. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'msr/pl0-ssp-to-isst': 'the last MSR of the range had another name',
  'opcode-map/evex-map5': 'the switch had no label of map 5 before AVX512-FP16',
  'opcode-map/evex-map6': 'the switch had no label of map 6 before AVX512-FP16',
  'device-model/key-nr-spis': 'the number was computed before it could be set',
};

let real: RealTree;

beforeAll(async () => {
  real = await openRealTree();
}, 120_000);

it('misses only facts whose place is not in the tree', async () => {
  const { content } = await readPinned();
  const yielded = new Set(real.facts.map(({ id }) => id));
  const missing = content.facts.filter(({ id }) => !yielded.has(id) && !(id in EXPLAINED));
  const standing = missing.filter(({ evidence: [place] }) => {
    if (place === undefined || !isTreeEvidence(place)) return true;
    const { path, symbol, anchor } = place;
    return resolveEvidence(real.corpus, { path, symbol, anchor }).verdict === 'holds';
  });
  expect(standing.map(({ id }) => id)).toEqual([]);
});

it('yields nearly all facts of every kind', async () => {
  const { content } = await readPinned();
  const kinds = [...new Set(content.facts.map(({ kind }) => kind))];
  const count = (facts: RealTree['facts'], kind: string) =>
    facts.filter((fact) => fact.kind === kind).length;
  const shares = kinds.map((kind) => [kind, count(real.facts, kind) / count(content.facts, kind)]);
  expect(shares.filter(([, share]) => Number(share) < 0.6)).toEqual([]);
});
