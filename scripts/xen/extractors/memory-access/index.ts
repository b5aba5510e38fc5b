import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { citeCells, textIn } from '../../authored.ts';
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

function attributesOf(
  way: Way,
  release: string,
  names: ReadonlySet<string>,
  callers: ReadonlySet<string>,
): AccessFact['attributes'] {
  const { accessor, consent, parties, does, mapping, moment } = way;
  return {
    accessor,
    consent,
    parties: [...parties],
    does: textIn(does, release),
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
    guests: citeCells(evidence, way.places, way.cells, corpus),
    attributes: attributesOf(way, corpus.release, names, callers),
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
  const ways = WAYS.filter((way) => isInSpan(way, corpus.release));
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
  constructs: listings,
  minimum: 60,
  extract,
};
