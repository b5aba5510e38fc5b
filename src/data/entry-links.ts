import type { Atlas } from './atlas.ts';
import { answerRoute, factRoute, featureRoute, guestRoute, guideRoute } from './routes.ts';

export interface EntryLink {
  readonly title: string;
  readonly href: string;
}

/** The page of an entry that is named as `features/time/pit`; undefined where there is none. */
export function entryLink(
  { content, factById, featureById, answerById }: Atlas,
  reference: string,
): EntryLink | undefined {
  const [collection = '', ...rest] = reference.split('/');
  const id = rest.join('/');
  const link = (title: string | undefined, href: string) =>
    title === undefined ? undefined : { title, href };
  switch (collection) {
    case 'facts':
      return link(factById.get(id)?.title, factRoute(id));
    case 'features':
      return link(featureById.get(id)?.feature.title, featureRoute(id));
    case 'answers':
      return link(answerById.get(id)?.title, answerRoute(id));
    case 'guests':
      return link(content.guests.find((guest) => guest.id === id)?.title, guestRoute(id));
    case 'guides':
      return link(content.guides.find((guide) => guide.id === id)?.title, guideRoute(id));
    default:
      return undefined;
  }
}
