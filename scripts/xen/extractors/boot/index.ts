import type { FactOf } from '../../../../src/schema/fact.ts';
import { citeCells } from '../../authored.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { readListings, unlistedNames } from '../../listing.ts';
import { listings, OTHER_CONSTANTS } from './constructs.ts';
import type { Topic } from './topic.ts';
import { TOPICS } from './topics.ts';

type BootFact = FactOf<'boot'>;

function factOf(corpus: Corpus, topic: Topic, names: ReadonlySet<string>) {
  const evidence = new EvidenceList(corpus);
  const fact: BootFact = {
    id: `boot/${topic.id}`,
    kind: 'boot',
    title: `${topic.topic.charAt(0).toUpperCase()}${topic.topic.slice(1)}`,
    guests: citeCells(evidence, topic.places, topic.cells, corpus),
    attributes: {
      topic: topic.topic,
      area: topic.area,
      about: topic.about,
      names: (topic.names ?? []).filter((name) => names.has(name)),
    },
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function extract(corpus: Corpus): Extraction<BootFact> {
  const { names, problems: missing } = readListings(corpus, listings);
  if (names === null) return { facts: [], problems: missing };
  const nameSet = new Set(names.map(({ name }) => name));
  const results = TOPICS.map((topic) => factOf(corpus, topic, nameSet));
  const known = new Set([...TOPICS.flatMap((topic) => topic.names ?? []), ...OTHER_CONSTANTS]);
  return {
    facts: sortFacts(results.map(({ fact }) => fact)),
    problems: [
      ...unlistedNames(names, known, 'boot'),
      ...results.flatMap((result) => result.problems),
    ],
  };
}

export const boot: Extractor<'boot'> = {
  kind: 'boot',
  constructs: listings,
  minimum: 40,
  extract,
};
