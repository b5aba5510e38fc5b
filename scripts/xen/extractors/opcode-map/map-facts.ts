/** Facts about the maps of opcodes: how many labels each has, in each build. */
import { compareReleases } from '../../../../src/model/release.ts';
import { problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { EMULATOR } from './constructs.ts';
import { factOf, joined, optionFor, type Result, UNSAID } from './draft.ts';
import { MAPS, type OpcodeMap } from './maps.ts';
import { isAmdOnly, isExtended, type Opcode } from './opcodes.ts';
import { IMPLEMENTED, UNTRAPPED } from './reach.ts';
import type { BuildLabels, EmulatorLabels } from './read.ts';

/** The first release with operations on blocks; before, their instructions are not run. */
const BLOCKS = '4.14';

function opcodesIn(build: BuildLabels, map: string): Opcode[] {
  return [...build.opcodes.values()].filter((opcode) => opcode.map === map);
}

function bytes(opcodes: readonly Opcode[]): number {
  return new Set(opcodes.map(({ byte }) => byte)).size;
}

function mapFact(corpus: Corpus, labels: EmulatorLabels, entry: OpcodeMap): Result {
  const { id, map, title, ways, since } = entry;
  const cpu = isExtended(map) ? IMPLEMENTED : UNTRAPPED;
  const own = opcodesIn(labels.whole, map);
  if (own.length === 0) {
    if (since !== undefined && compareReleases(corpus.release, since) < 0) return joined([]);
    const words = {
      actual: `no label of \`${map}\` in ${corpus.label}`,
      expected: 'labels in every map of `MAPS`',
      repair: 'Say in `maps.ts` of the extractor `opcode-map` since when the map has labels.',
    };
    return { facts: [], problems: [problem('construct-missing', { path: EMULATOR }, words)] };
  }
  const left = opcodesIn(labels.withoutHvm, map);
  const without = [...labels.without].map(
    ([part, build]) => [part, opcodesIn(build, map).length] as const,
  );
  return factOf(corpus, {
    id,
    title,
    attributes: {
      ...UNSAID,
      part: 'map',
      map,
      labels: own.length,
      bytes: bytes(own),
      labelsWithoutHvm: left.length,
      bytesWithoutHvm: bytes(left),
      labelsWithout: Object.fromEntries(without),
      opcodes: [],
      implements: [],
      lacks: [],
      features: [],
      supported: true,
      kconfig: optionFor(own.length, left.length),
      file: EMULATOR,
      symbol: 'x86_emulate',
    },
    reach: {
      supported: true,
      amdOnly: isAmdOnly(map),
      cpu,
      memory: 'write',
      ways,
      extended: isExtended(map),
      block: compareReleases(corpus.release, BLOCKS) < 0 ? undefined : entry.block,
      hvmOnly: left.length === 0,
    },
    places: [{ path: EMULATOR, symbol: 'x86_emulate' }],
  });
}

/** One fact for each map. A label of a map that no table names is an error of its line. */
export function mapFacts(corpus: Corpus, labels: EmulatorLabels): Result {
  const named = new Set(MAPS.map(({ map }) => map));
  const unnamed = [...new Set([...labels.whole.opcodes.values()].map(({ map }) => map))]
    .filter((map) => !named.has(map))
    .map((map) =>
      problem(
        'construct-unknown',
        { path: EMULATOR },
        {
          actual: `labels of the map \`${map}\``,
          expected: 'an entry of `MAPS`',
          repair: 'Add the map to `maps.ts` of the extractor `opcode-map`.',
        },
      ),
    );
  return joined([
    ...MAPS.map((entry) => mapFact(corpus, labels, entry)),
    { facts: [], problems: unnamed },
  ]);
}
