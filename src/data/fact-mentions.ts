import type { Fact } from '../schema/fact.ts';
import { mentionsOfColumns } from './evidence-mentions.ts';
import { viewOf } from './facts/index.ts';
import type { Mention, Source } from './mentions.ts';
import { factRoute } from './routes.ts';

/** Everything that a fact names: itself, its handlers and gates, its conditions and its evidence. */
export function mentionsOfFact(fact: Fact): Mention[] {
  const source: Source = { collection: 'fact', url: factRoute(fact.id), title: fact.title };
  return [
    ...viewOf(fact)
      .named(fact)
      .map((named) => ({ ...source, ...named, guests: [] })),
    ...mentionsOfColumns(source, fact.guests, fact.evidence),
  ];
}
