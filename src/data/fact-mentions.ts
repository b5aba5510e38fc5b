import type { Fact } from '../schema/fact.ts';
import { mentionsOfColumns } from './evidence-mentions.ts';
import { removedIn } from './fact-at.ts';
import { viewOf } from './facts/index.ts';
import type { Mention, Source } from './mentions.ts';
import { factRoute } from './routes.ts';

/** The mentions of the evidence and of the conditions; the places of what only older releases have are theirs. */
function mentionsOfCells(source: Source, fact: Fact): Mention[] {
  const mentions = mentionsOfColumns(source, fact.guests, fact.evidence);
  if (removedIn(fact) === undefined) return mentions;
  return mentions.map((mention) => ({ ...mention, spot: undefined }));
}

/** Everything that a fact names: itself, its handlers and gates, its conditions and its evidence. */
export function mentionsOfFact(fact: Fact): Mention[] {
  const source: Source = { collection: 'fact', url: factRoute(fact.id), title: fact.title };
  return [
    ...viewOf(fact)
      .named(fact)
      .map((named) => ({ ...source, ...named, guests: [] })),
    ...mentionsOfCells(source, fact),
  ];
}
