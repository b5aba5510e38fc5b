import type { Content } from '../data/content.ts';
import { deriveIdentifiers } from '../data/identifiers.ts';
import { archiveUrl } from '../model/upstream.ts';
import type { Names } from '../schema/names.ts';
import type { KnownNames } from './known-names.ts';

/** The names that prose may use: what the content has, and `content/names.yml`. */
export function deriveKnownNames(content: Content, names: Names): KnownNames {
  return {
    index: deriveIdentifiers(content),
    names,
    archive: (messageId) => archiveUrl(content.sources.list.archive, messageId),
  };
}
