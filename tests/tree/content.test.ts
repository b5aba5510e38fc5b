/** The committed content against a real tree: facts and evidence of the pinned release, names of whatever release. */
import { expect, it } from 'vitest';
import { runCheck } from '../../scripts/commands/check.ts';
import { runExtract } from '../../scripts/commands/extract.ts';
import { extractionOfTree } from '../../scripts/xen/extraction.ts';
import { indexTree } from '../../scripts/xen/tree-index.ts';
import { yieldOf } from '../../scripts/xen/tree-yield.ts';
import { openRealTree, ROOT } from '../xen-tree.ts';

const real = await openRealTree();

it.runIf(real.pinned)('has the facts that the pinned tree yields', async () => {
  const extraction = extractionOfTree(yieldOf(real.corpus, { commit: null, date: null }, []));
  const options = { extraction, content: `${ROOT}/content`, check: true };
  const { plan } = await runExtract({ ...options, repair: 'npm run atlas -- extract' });
  expect(plan).toMatchObject({ write: [], remove: [] });
});

it.runIf(real.pinned)(
  'has evidence that stands in the pinned tree',
  { timeout: 120_000 },
  async () => {
    const tree = { corpus: real.corpus, names: indexTree(real.tree, real.corpus) };
    expect(await runCheck({ root: ROOT, tree, accept: 'none' })).toEqual([]);
  },
);

it('indexes the names that the seven files of the question define', () => {
  const names = indexTree(real.tree, real.corpus);
  for (const name of [
    'x86_emulate',
    'hvm_emulate_one',
    'pv_emulate_privileged_op',
    'vmx_realmode',
    'XEN_X86_EMU_LAPIC',
  ]) {
    expect([name, names.symbols.has(name)]).toEqual([name, true]);
  }
  expect(names.symbols.size).toBeGreaterThan(20_000);
});
