import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { citeCells } from '../../authored.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  type AnyExtractor,
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { hypercall } from '../hypercall/index.ts';
import { ioPort } from '../io-port/index.ts';
import { checkEntries } from './checks.ts';
import { constructs } from './constructs.ts';
import { portAccess, replacedBy } from './derived.ts';
import { ENTRIES } from './entries/index.ts';
import type { Entry, SpannedName } from './entry.ts';
import { PRIVILEGED } from './places.ts';
import { readWhitelist } from './whitelist.ts';

type PvInstructionFact = FactOf<'pv-instruction'>;

function namesIn(release: string, names: readonly SpannedName[] = []): string[] {
  return names.flatMap((name) => {
    if (typeof name === 'string') return [name];
    return isInSpan(name, release) ? [name.name] : [];
  });
}

function factOf(
  corpus: Corpus,
  entry: Entry,
  listed: ReadonlySet<string>,
): { fact: PvInstructionFact; problems: readonly Problem[] } {
  const { release } = corpus;
  const evidence = new EvidenceList(corpus);
  const opcodes = entry.opcodes ?? [];
  const guests = citeCells(evidence, entry.places, entry.cells, corpus);
  const [entered] = namesIn(release, entry.entry);
  const fact: PvInstructionFact = {
    id: `pv-instruction/${entry.id}`,
    kind: 'pv-instruction',
    title: entry.instruction,
    guests,
    attributes: {
      instruction: entry.instruction,
      class: entry.class,
      entry: entered ?? null,
      handlers: namesIn(release, entry.handlers),
      operations: entry.operations ?? null,
      emulator: entry.emulator ?? 'no',
      opcodes: [...opcodes],
      whitelisted: opcodes.some((opcode) => listed.has(opcode)),
      alternatives: [...(entry.alternatives ?? [])],
    },
    evidence: evidence.items,
    origin: 'authored',
    release,
    history: presentIn(release),
  };
  return { fact, problems: evidence.problems };
}

function unreadLines(lines: readonly number[]): Problem[] {
  return lines.map((line) =>
    problem(
      'construct-unread',
      { path: PRIVILEGED, line },
      {
        actual: 'a label or switch that is not understood',
        expected: 'opcodes, or ModRM told apart for one opcode, in `validate`',
      },
    ),
  );
}

/** A kind on which facts here rest and that yields none: without it the list would be short in silence. */
function unreadKind(corpus: Corpus, { kind }: AnyExtractor, found: Extraction): Problem[] {
  if (found.facts.length > 0) return [];
  const [first] = found.problems;
  return [
    problem('construct-missing', first?.place ?? { path: `facts/${kind}` }, {
      actual: `no facts of the kind \`${kind}\` from ${corpus.label}`,
      expected: 'those from which facts about PV instructions follow',
      ...(first === undefined ? {} : { details: [first.actual] }),
      repair: `Repair what the kind \`${kind}\` lacks first.`,
    }),
  ];
}

function extract(corpus: Corpus): Extraction<PvInstructionFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  const file = corpus.file(PRIVILEGED);
  if (found === null || file === undefined) return { facts: [], problems: missing };
  const { listed, unread } = readWhitelist(file);
  const entries = ENTRIES.filter((entry) => isInSpan(entry, corpus.release));
  const opcodes = new Set(listed.map(({ opcode }) => opcode));
  const results = entries.map((entry) => factOf(corpus, entry, opcodes));
  const hypercalls = hypercall.extract(corpus);
  const ports = ioPort.extract(corpus);
  const facts = [
    ...results.map(({ fact }) => fact),
    ...hypercalls.facts.flatMap((fact) => replacedBy(fact) ?? []),
    ...ports.facts.flatMap((fact) => portAccess(fact) ?? []),
  ];
  return {
    facts: sortFacts(facts),
    problems: [
      ...unreadLines(unread),
      ...unreadKind(corpus, hypercall, hypercalls),
      ...unreadKind(corpus, ioPort, ports),
      ...checkEntries(corpus, ENTRIES, listed),
      ...results.flatMap(({ problems }) => problems),
    ],
  };
}

export const pvInstruction: Extractor<'pv-instruction'> = {
  kind: 'pv-instruction',
  constructs,
  minimum: 100,
  extract,
};
