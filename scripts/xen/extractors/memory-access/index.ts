import type { FactOf } from '../../../../src/schema/fact.ts';
import { citeCells, isIn } from '../../authored.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { readListings, unlistedNames } from '../../listing.ts';
import { readCallers } from './callers.ts';
import { listings } from './constructs.ts';
import { MAPPING_FILES, readMappingFiles } from './mapping-files.ts';
import { OTHER_OPERATIONS, PLUMBING } from './other.ts';
import type { Way } from './way.ts';
import { WAYS } from './ways.ts';

type AccessFact = FactOf<'memory-access'>;

const RULES = [
  'A way of access and its cells are written by a person; the operations of the public interface and the functions that call a primitive which reaches guest memory are listed by machine, and so are the files that map pages for the moment; one that no table speaks of is a problem.',
  '`paravirtualized`: the guest asks for the access by an explicit interface, or shares the page by one.',
  '`emulated`: the access follows from an instruction or an event that software produces for the guest.',
  '`exposed`: the memory of every guest of the type is open to the access; `opt-in`: only when a configuration or a privileged tool asks for it.',
  '`absent`: the access does not exist for the guest type; `refused`: it is an operation that fails for it.',
  '`by` is who touches the memory, or on whose behalf; in the inner view of the shim, what Xen does is done by the shim.',
  'What is written before the first run has the consent `implicit`: the guest cannot be asked yet.',
  'nr_foreign counts foreign frames in the p2m of the mapper, on x86 only; no counter says how often the memory of a guest is mapped.',
] as const;

function attributesOf(
  way: Way,
  names: ReadonlySet<string>,
  callers: ReadonlySet<string>,
): AccessFact['attributes'] {
  const { accessor, consent, parties, does, mapping, moment } = way;
  return {
    accessor,
    consent,
    parties: [...parties],
    does,
    mapping,
    moment: moment ?? 'running',
    names: (way.names ?? []).filter((name) => names.has(name)),
    callers: (way.callers ?? []).filter((name) => callers.has(name)),
  };
}

function factOf(
  corpus: Corpus,
  way: Way,
  names: ReadonlySet<string>,
  callers: ReadonlySet<string>,
) {
  const evidence = new EvidenceList(corpus);
  const fact: AccessFact = {
    id: `memory-access/${way.id}`,
    kind: 'memory-access',
    title: way.title,
    guests: citeCells(evidence, way.places, way.cells, corpus.release),
    attributes: attributesOf(way, names, callers),
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function extract(corpus: Corpus): Extraction<AccessFact> {
  const { names, problems: missing } = readListings(corpus, listings);
  if (names === null) return { facts: [], problems: missing };
  const callers = readCallers(corpus);
  const nameSet = new Set(names.map(({ name }) => name));
  const callerSet = new Set(callers.map(({ name }) => name));
  const ways = WAYS.filter((way) => isIn(way, corpus.release));
  const results = ways.map((way) => factOf(corpus, way, nameSet, callerSet));
  const known = new Set([...WAYS.flatMap((way) => way.names ?? []), ...OTHER_OPERATIONS]);
  const knownCallers = new Set([...WAYS.flatMap((way) => way.callers ?? []), ...PLUMBING]);
  return {
    facts: sortFacts(results.map(({ fact }) => fact)),
    problems: [
      ...unlistedNames(names, known, 'memory-access'),
      ...unlistedNames(callers, knownCallers, 'memory-access'),
      ...unlistedNames(
        readMappingFiles(corpus),
        new Set(Object.keys(MAPPING_FILES)),
        'memory-access',
      ),
      ...results.flatMap((result) => result.problems),
    ],
  };
}

export const memoryAccess: Extractor<'memory-access'> = {
  kind: 'memory-access',
  rules: RULES,
  constructs: listings,
  minimum: 60,
  extract,
};
