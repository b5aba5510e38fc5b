/** What the four parts of this kind have in common: from counts and evidence to a fact. */
import type { Place } from '../../../../src/model/evidence.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { Problem } from '../../../problems/problem.ts';
import { readBuildOptions } from '../../build-options.ts';
import type { Corpus } from '../../corpus.ts';
import { EvidenceList, presentIn } from '../../extractor.ts';
import { cellsOf, type Reach } from './reach.ts';

export type OpcodeFact = FactOf<'opcode-map'>;
type Attributes = OpcodeFact['attributes'];

export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly attributes: Attributes;
  readonly reach: Reach;
  readonly places: readonly [Place, ...Place[]];
}

export interface Result {
  readonly facts: readonly OpcodeFact[];
  readonly problems: readonly Problem[];
}

/** Attributes of which a part says nothing. */
export const UNSAID = {
  labels: null,
  bytes: null,
  labelsWithoutHvm: null,
  bytesWithoutHvm: null,
  labelsWithout: {},
  entries: null,
  opcodes: [],
  implements: [],
  lacks: [],
  features: [],
  supported: null,
  kconfig: null,
} as const satisfies Partial<Attributes>;

/** The option without which no label is left, from the number of labels that are left without it. */
export function optionFor(labels: number, withoutHvm: number): string | null {
  return labels > 0 && withoutHvm === 0 ? 'CONFIG_HVM' : null;
}

export function factOf(corpus: Corpus, { id, title, attributes, reach, places }: Draft): Result {
  const evidence = new EvidenceList(corpus);
  const [place, ...more] = places;
  const cited = evidence.cite(place);
  for (const other of more) evidence.cite(other);
  const guests = cellsOf(reach, evidence, {
    place: cited,
    release: corpus.release,
    options: readBuildOptions(corpus),
  });
  const fact: OpcodeFact = {
    id: `opcode-map/${id}`,
    kind: 'opcode-map',
    title,
    guests,
    attributes,
    evidence: evidence.items,
    origin: 'derived',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { facts: [fact], problems: evidence.problems };
}

export function joined(results: readonly Result[]): Result {
  return {
    facts: results.flatMap(({ facts }) => facts),
    problems: results.flatMap(({ problems }) => problems),
  };
}
