import { checkListedNames, checkProseNames } from '../names/check-names.ts';
import type { Check } from './check.ts';

export const proseNames: Check = {
  name: 'prose-names',
  holds: 'Everything that prose names between backticks is known, and with a tree it is there.',
  run: ({ content, names, authored, tree }) => [
    ...checkProseNames(content, names, authored),
    ...(tree === null ? [] : checkListedNames(names, tree.names)),
  ],
};
