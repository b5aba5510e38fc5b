import { checkListedNames, checkProseNames } from '../names/check-names.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';

/** Authored entries that can be read: what names the others list is not known. */
function readable({ content, authored }: CheckInput) {
  const paths = new Set(
    (['features', 'answers', 'guests', 'guides'] as const).flatMap((collection) =>
      content[collection].map(({ id }) => entryPath(collection, id)),
    ),
  );
  return authored.filter(({ path }) => paths.has(path));
}

export const proseNames: Check = {
  name: 'prose-names',
  holds: 'Everything that prose names between backticks is known, and with a tree it is there.',
  run: (input) => [
    ...checkProseNames(input.content, input.names, readable(input)),
    ...(input.tree === null ? [] : checkListedNames(input.names, input.tree.names)),
  ],
};
