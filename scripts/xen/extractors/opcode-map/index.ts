import { type Problem, problem } from '../../../problems/problem.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { type Extraction, type Extractor, sortFacts } from '../../extractor.ts';
import type { SwitchLabel } from '../../switch-labels.ts';
import { constructs, EMULATOR } from './constructs.ts';
import { joined, type OpcodeFact } from './draft.ts';
import { groupFacts } from './group-facts.ts';
import { instructionFacts } from './instruction-facts.ts';
import { mapFacts } from './map-facts.ts';
import { opcodeOf } from './opcodes.ts';
import { readEmulator } from './read.ts';
import { tableFacts } from './table-facts.ts';

/** A label that is no number, or whose number is of no map. */
function labelProblem({ text, first, last, line }: SwitchLabel): Problem[] {
  const place = { path: EMULATOR, line };
  const actual = `the label \`${text}\``;
  if (first === null || last === null) {
    return [problem('construct-unread', place, { actual, expected: 'a number' })];
  }
  if (opcodeOf(first) !== null && opcodeOf(last) !== null) return [];
  return [
    problem('construct-unknown', place, {
      actual,
      expected: 'an opcode of a map that has a name',
      repair:
        'Name the map in `opcodes.ts` of the extractor `opcode-map`, and list it in `maps.ts`.',
    }),
  ];
}

function extract(corpus: Corpus): Extraction<OpcodeFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const file = found.emulate.files[0];
  const stripped = corpus.file(found.stripped.candidate.in);
  const labels =
    file === undefined || stripped === undefined ? null : readEmulator(corpus, file, stripped);
  if (labels === null) {
    const words = {
      actual: `no switch over \`ctxt->opcode\` in \`x86_emulate\` of ${corpus.label}`,
      expected: 'the main switch of the emulator in every build',
    };
    return { facts: [], problems: [problem('construct-missing', { path: EMULATOR }, words)] };
  }
  const unread = labels.whole.main.labels.flatMap(labelProblem);
  const instructions = instructionFacts(corpus, labels);
  const all = joined([
    mapFacts(corpus, labels),
    tableFacts(corpus, found.tables.path, found.tables.text),
    instructions,
    groupFacts(corpus, labels, instructions.facts),
  ]);
  return { facts: sortFacts(all.facts), problems: [...unread, ...all.problems] };
}

export const opcodeMap: Extractor<'opcode-map'> = {
  kind: 'opcode-map',
  constructs,
  minimum: 100,
  extract,
};
