import type { Fact } from '../schema/fact.ts';
import type { Feature } from '../schema/feature.ts';
import { resolveRow } from './cells.ts';
import type { Content } from './content.ts';
import { mentionsOfColumns, mentionsOfEvidence } from './evidence-mentions.ts';
import { mentionsOfFact } from './fact-mentions.ts';
import type { Mention, Source } from './mentions.ts';
import { answerRoute, featureRoute, guestRoute, guideRoute } from './routes.ts';
import { mentionsOfThread } from './thread-mentions.ts';

/** A row is found by its name and, where that is one word, by its title. */
function mentionsOfFeature(
  feature: Feature & { readonly id: string },
  factById: ReadonlyMap<string, Fact>,
): Mention[] {
  const source: Source = {
    collection: 'feature',
    url: featureRoute(feature.id),
    title: feature.title,
  };
  const row = resolveRow(feature, factById);
  const names = new Set([feature.id.replace(/^.*\//, ''), feature.title]);
  return [
    ...[...names]
      .filter((name) => !/\s/.test(name))
      .map(
        (name): Mention => ({
          ...source,
          role: 'names',
          subject: { kind: 'name', name },
          guests: [],
        }),
      ),
    ...mentionsOfColumns(source, row.guests, row.evidence),
  ];
}

function mentionsOfAnswer(answer: Content['answers'][number]): Mention[] {
  const source: Source = {
    collection: 'answer',
    url: answerRoute(answer.id),
    title: answer.title,
  };
  const message = (role: 'asks' | 'answers', name: string): Mention => ({
    ...source,
    role,
    subject: { kind: 'message', name },
    guests: [],
  });
  return [
    message('asks', answer.askedIn),
    ...answer.answeredIn.map((id) => message('answers', id)),
    ...answer.evidence.flatMap((item) => mentionsOfEvidence(source, item, [])),
  ];
}

function mentionsOfGuest(guest: Content['guests'][number]): Mention[] {
  const source: Source = { collection: 'guest', url: guestRoute(guest.id), title: guest.title };
  return guest.evidence.flatMap((item) => mentionsOfEvidence(source, item, []));
}

function mentionsOfGuide(guide: Content['guides'][number]): Mention[] {
  const source: Source = { collection: 'guide', url: guideRoute(guide.id), title: guide.title };
  return guide.evidence.flatMap((item) => mentionsOfEvidence(source, item, []));
}

/** Every mention in the content, in the order of the collections and of their ids. */
export function deriveMentions(content: Content): Mention[] {
  const factById = new Map(content.facts.map((fact) => [fact.id, fact]));
  return [
    ...content.facts.flatMap(mentionsOfFact),
    ...content.features.flatMap((feature) => mentionsOfFeature(feature, factById)),
    ...content.answers.flatMap(mentionsOfAnswer),
    ...content.guests.flatMap(mentionsOfGuest),
    ...content.guides.flatMap(mentionsOfGuide),
    ...content.threads.flatMap(mentionsOfThread),
  ];
}
