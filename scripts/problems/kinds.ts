/**
 * The words of each kind of problem. A kind is a key here: a problem whose kind has no words does not compile.
 * `title` says what is wrong; `help` says how such problems are repaired in general.
 */
export const PROBLEM_WORDS = {
  'construct-missing': {
    title: 'A construct of Xen’s source was not found',
    help: 'The names of the source moved. Add the new place to the candidates of the extractor.',
  },
  'construct-unread': {
    title: 'A construct was found and could not be read to the end',
    help: 'The shape of the source changed. Teach the extractor the new shape.',
  },
  'construct-unknown': {
    title: 'The source has something that the extractor does not know',
    help: 'Add it to the declared list of the extractor, with what it means for each guest type.',
  },
  'count-low': {
    title: 'A source yields fewer facts than it must',
    help: 'Look for what the extractor does not read any more; the declared minimum is the floor.',
  },
  'measurement-broken': {
    title: 'A measurement did not come to its end',
    help: 'Read the log that is named; content/ is left as it is.',
  },
  'parse-error': {
    title: 'A function has a parse error inside',
    help: 'Add the construct that confuses the parser to the source mask.',
  },
  'parse-uncovered': {
    title: 'A function of the source was not parsed as one',
    help: 'Add the construct that confuses the parser to the source mask.',
  },
  'tree-unusable': {
    title: 'This is not a usable Xen tree',
    help: 'Name a work tree with --tree, or a repository with --git and a release with --release.',
  },
  'entry-unreadable': {
    title: 'An entry is not readable',
    help: 'An entry is YAML between two lines of `---`, then Markdown.',
  },
  'entry-schema': {
    title: 'A field of an entry is wrong',
    help: 'The schema of each collection is documented in src/schema/ and under /schema/v1/.',
  },
  'entry-id': {
    title: 'An id and a file name disagree, or an id is used twice',
    help: 'The file name is the id.',
  },
  'entry-name': {
    title: 'An id is not one that an entry may have',
    help: 'A feature is `AREA/NAME`, an answer or a guide is `NAME`, a guest is one of the guest types.',
  },
  'entry-exists': {
    title: 'The id of a new entry is taken',
    help: 'Edit the entry that has it, or choose another id. Ids that were published are never used again.',
  },
  'id-lost': {
    title: 'A published id leads nowhere',
    help: 'Others link to it. A renamed entry leaves a redirect in content/redirects.yml.',
  },
  'entry-stale': {
    title: 'An extracted entry is not what the source yields',
    help: 'Extracted entries are never edited by hand: extract again.',
  },
  'reference-unknown': {
    title: 'An entry names another entry that does not exist',
    help: 'Correct the id, or write the entry.',
  },
  'evidence-gone': {
    title: 'Evidence does not resolve in the tree',
    help: 'Read the statement against the tree again and name where it stands now.',
  },
  'evidence-changed': {
    title: 'The source at the evidence changed',
    help: 'Read the statement against the tree again, then update the fingerprint.',
  },
  'exception-outdated': {
    title: 'A reviewed exception does not apply any more',
    help: 'Exceptions are for the very texts that were reviewed. Remove it, or review the statement anew.',
  },
  'evidence-index': {
    title: 'A handling names evidence that the entry does not list',
    help: 'The numbers are positions in the list `evidence`, from 0.',
  },
  'evidence-none': {
    title: 'A statement has no evidence',
    help: 'Name the place in the source, the message or the document that it rests on.',
  },
  contradiction: {
    title: 'A cell and its facts disagree',
    help: 'Read the code; correct the cell, or say in its note why both are true.',
  },
  'symbol-unknown': {
    title: 'Prose names something that the Atlas does not know',
    help: 'Correct the spelling, or write it without backticks when it is no name of Xen.',
  },
  'search-unbuilt': {
    title: 'The search index is not what it must be',
    help: 'Build the site first; a page takes part by `data-pagefind-body`.',
  },
  'site-unbuilt': {
    title: 'There is no built site to copy',
    help: 'Build the site first.',
  },
  'mail-unreadable': {
    title: 'A message cannot be read',
    help: 'The rest of the archive is processed. Look at the message in its source.',
  },
  'mail-incomplete': {
    title: 'A message lacks something',
    help: 'It is kept and marked. A saved page has no Message-ID; a broken header has no date.',
  },
  'mail-duplicate': {
    title: 'Two messages have the same Message-ID',
    help: 'The first one is kept. Look whether the archive holds one message twice.',
  },
  'mail-loop': {
    title: 'The references of messages form a circle',
    help: 'The message is kept and is not put below its own descendant.',
  },
  'thread-joined': {
    title: 'Two published threads are one',
    help: 'The older id holds all messages now. Redirect the other id and remove its file.',
  },
  'archive-unusable': {
    title: 'The source is no archive that can be read',
    help: 'An mbox, a message, a page of the list’s web archive or a folder of such files is expected.',
  },
  'privacy-address': {
    title: 'Content holds an e-mail address',
    help: 'Names only. Remove the address.',
  },
  'xl-syntax': {
    title: 'A line is not one that xl can read',
    help: 'A setting is `key = value`; strings stand in quotes, lists in brackets.',
  },
  'xl-duplicate': {
    title: 'A key is set twice',
    help: 'The last one counts for xl. Remove the others.',
  },
  'xl-key-unknown': {
    title: 'A key is unknown to xl',
    help: 'It is passed over in silence. Correct the spelling, or remove it.',
  },
  'xl-key-ignored': {
    title: 'The key changes nothing for this guest',
    help: 'Remove it, or use what has taken its place.',
  },
  'xl-value': {
    title: 'The value is not what the key takes',
    help: 'Errors stop xl; with warnings it goes on without the value.',
  },
  'xl-refused': {
    title: 'A guest of these settings is refused by xl or libxl',
    help: 'Change one of the settings that do not go together.',
  },
} as const satisfies Record<string, { title: string; help: string }>;

export type ProblemKind = keyof typeof PROBLEM_WORDS;
