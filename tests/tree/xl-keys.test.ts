/** The keys of the calculator, held against what xl reads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSources } from '../../scripts/markdown/read-sources.ts';
import { findTree } from '../../scripts/xen/tree-source.ts';
import { ALL_XL_KEYS, shapeOf, VIRIDIAN_GROUPS } from '../../src/explain/xl-keys.ts';
import { CACHE, ROOT } from '../xen-tree.ts';

const { xen } = await readSources(ROOT);
const found = await findTree(
  {},
  { environment: process.env['XEN_TREE'], cache: CACHE, pinnedRelease: xen.release },
);
if (!found.ok) throw new Error('No Xen tree for the tests: run `npm test`, or set XEN_TREE');
const { tree } = found;
/** Keys that came or went between the pinned release and the tree. */
const ALLOWED = tree.release === xen.release ? 0 : 30;
const source = (path: string) => readFileSync(join(tree.root ?? '', path), 'utf8');

/** The functions that read a key, by key: `get_defbool`, `get_list`, … */
function readers(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const calls = source('tools/xl/xl_parse.c').matchAll(
    /xlu_cfg_(?:get|replace)_(\w+)\s*\(\s*config,\s*"(\w+)"/g,
  );
  for (const [, reader = '', key = ''] of calls) {
    found.set(key, (found.get(key) ?? new Set()).add(reader));
  }
  return found;
}

it('are all keys that xl reads, and no others', () => {
  // These two are read by a macro that adds to the name of a third.
  const ofMacro = ['device_model_args_hvm', 'device_model_args_pv'];
  const read = new Set([...readers().keys(), ...ofMacro]);
  const known = new Set<string>(ALL_XL_KEYS);
  const different = [...read.symmetricDifference(known)];
  expect(different.length <= ALLOWED ? [] : different).toEqual([]);
});

it('are read as what xl reads them as', () => {
  const wrong = [...readers()].flatMap(([key, functions]) => {
    const shape = shapeOf(key);
    if (shape === undefined) return [];
    const lists = [...functions].some((name) => name.startsWith('list'));
    const asFlag = functions.has('defbool');
    const asNumber = functions.has('long') || functions.has('bounded_long');
    const fits =
      shape.startsWith('list') === lists &&
      (shape !== 'flag' || asFlag) &&
      (!shape.startsWith('number') || asNumber) &&
      (shape !== 'text' || (!asFlag && !asNumber));
    return fits ? [] : [`${key}: ${shape}, read by ${[...functions].join(', ')}`];
  });
  expect(wrong.length <= ALLOWED ? [] : wrong).toEqual([]);
});

it('know the groups of Viridian', () => {
  const idl = source('tools/libs/light/libxl_types.idl');
  const [, body = ''] = /Enumeration\("viridian_enlightenment", \[([^\]]*)\]/.exec(idl) ?? [];
  expect([...body.matchAll(/"(\w+)"/g)].map(([, name]) => name)).toEqual(
    ALLOWED === 0 ? [...VIRIDIAN_GROUPS] : expect.arrayContaining(['base']),
  );
});
