/** What a plain search finds in Arm's trap handlers, against what the extractor yields for it; for every release. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

let real: RealTree;
let traps: FactOf<'arm-trap'>[];

beforeAll(async () => {
  real = await openRealTree();
  traps = real.facts.filter((fact): fact is FactOf<'arm-trap'> => fact.kind === 'arm-trap');
}, 120_000);

/** The body of a function, from its name in column 0 to the brace in column 0; null where the file is not there. */
function bodyOf(path: string, name: string): string[] | null {
  const lines = (real.corpus.texts.get(`xen/arch/arm/${path}`) ?? '').split('\n');
  const from = lines.findIndex((line) => new RegExp(`^\\S.*\\b${name}\\(`).test(line));
  if (from === -1) return null;
  const rest = lines.slice(from);
  return rest.slice(0, rest.indexOf('}'));
}

const CASE = /^\s*(?:case ([^:]+?)(?: \.\.\. [^:]+)?:|GENERATE_\w+\((\w+)|HSR_\w+_CASES\((\w+)\):)/;

/** Names after `case`, and those that macros stand for, in the order of the source. */
function labelsOf(body: readonly string[]): string[] {
  return body.flatMap((line) => {
    const [, label, generated, family] = CASE.exec(line) ?? [];
    return label ?? generated ?? family ?? [];
  });
}

function isSaid(handler: string, label: string): boolean {
  const word = new RegExp(`(?<![A-Z0-9])${label.replace(/[()]/g, '\\$&')}(?![A-Z0-9])`);
  return traps.some(
    ({ attributes: a }) =>
      a.handler === handler &&
      a.names.some((name) => word.test(name) || name.includes(`${label}n`)),
  );
}

describe('the labels of', () => {
  it.each([
    ['traps.c', 'do_trap_guest_sync', 14],
    ['arm64/vsysreg.c', 'do_sysreg', 45],
    ['vcpreg.c', 'do_cp15_32', 35],
    ['vcpreg.c', 'do_cp15_64', 6],
    ['vcpreg.c', 'do_cp14_32', 12],
    ['vsmc.c', 'handle_hypervisor', 3],
    ['vsmc.c', 'handle_sssc', 3],
    ['vpsci.c', 'do_vpsci_0_1_call', 2],
    ['vpsci.c', 'do_vpsci_0_2_call', 12],
    ['tee/optee.c', 'optee_handle_call', 11],
    ['platforms/xilinx-zynqmp-eemi.c', 'zynqmp_eemi', 50],
  ])('%s %s are facts, each of them', (path, handler, least) => {
    const labels = labelsOf(bodyOf(path, handler) ?? []);
    expect(labels.length).toBeGreaterThanOrEqual(least);
    const sizes = new Set(['c4', 'c5', 'c6', 'c7']);
    const missing = labels.filter((label) => !sizes.has(label) && !isSaid(handler, label));
    expect(missing).toEqual([]);
  });

  it.each([
    ['vcpreg.c', 'do_cp10'],
    ['tee/ffa.c', 'ffa_handle_call'],
    ['platforms/imx8qm.c', 'imx8qm_smc'],
  ])('%s %s are facts, where the release has it', (path, handler) => {
    const labels = labelsOf(bodyOf(path, handler) ?? []);
    expect(labels.filter((label) => !isSaid(handler, label))).toEqual([]);
  });
});

it('has a fact for the rest of each handler', () => {
  const others = traps.filter(({ id }) => id.endsWith('-others')).map(({ id }) => id);
  expect(others.length).toBeGreaterThanOrEqual(13);
});

it('names only traps that have a fact of their own', () => {
  const controls = new Set(
    traps
      .filter(({ attributes }) => attributes.group === 'trap-control')
      .flatMap(({ attributes }) => attributes.names),
  );
  const named = new Set(traps.flatMap(({ attributes }) => attributes.traps));
  expect([...named].filter((name) => !controls.has(name))).toEqual([]);
});

it('agrees with what PSCI_FEATURES says', () => {
  const features = labelsOf(bodyOf('vpsci.c', 'do_psci_1_0_features') ?? []);
  const calls = labelsOf(bodyOf('vpsci.c', 'do_vpsci_0_2_call') ?? []);
  expect(features.filter((label) => label.startsWith('PSCI_')).sort()).toEqual([...calls].sort());
});

it('yields every setting of a bit of HCR_EL2 for a vCPU', () => {
  const set = [...real.corpus.texts].flatMap(([path, text]) =>
    /^xen\/arch\/arm\/.*\.c$/.test(path)
      ? [...text.matchAll(/(?:vcpu_hcr_set_flags\(\w+, |hcr_el2 \|= )(HCR_\w+)/g)].map(
          ([, bit = '']) => bit,
        )
      : [],
  );
  expect(set.length).toBeGreaterThanOrEqual(3);
  for (const bit of set) {
    const fact = traps.find(({ attributes }) => attributes.names.includes(bit));
    expect([bit, fact?.attributes.handler === bit]).toEqual([bit, false]);
  }
});
