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

const RULES = [
  'Each map of opcodes is a fact: its labels are those of the main switch of `x86_emulate()`, with macros and ranges expanded, in a build with HVM, in one without, and without one part (`X86EMUL_NO_*`) at a time.',
  'Each table of the decoder is a fact that counts its entries; an entry does not say that the instruction is run.',
  'Each group that the switch gives to a function of its own is a fact, with what it runs and what it lacks.',
  'An instruction is run when every label that stands for it is there, and not when none is; where no label tells the two apart, a person read the code at the evidence.',
  'A cell says by which ways the emulator meets the opcode for a guest type, under the conditions of its callers: being decodable says nothing about being reached.',
  'What is unprivileged is run by the CPU first, `native` for PV guests and `hardware` for others; what happens with other instructions that no caller brings to the emulator is the matter of other kinds.',
  'A guest type gets `absent` when none of its callers brings the opcode to the emulator, or the emulator does not run it.',
] as const;

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
  rules: RULES,
  constructs,
  minimum: 100,
  extract,
};
