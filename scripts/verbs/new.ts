import { InvalidArgumentError } from 'commander';
import { nearestHint } from '../../src/data/nearest.ts';
import { ENTRY_KINDS, type EntryKind } from '../../src/model/entry-kinds.ts';
import { ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { contentFolder, type DeclareVerb, verb } from './verb.ts';

function entryKind(text: string): EntryKind {
  const known = ENTRY_KINDS.find((candidate) => candidate === text);
  if (known !== undefined) return known;
  const list = ENTRY_KINDS.join(', ');
  throw new InvalidArgumentError(`The entries are ${list}${nearestHint(text, ENTRY_KINDS)}.`);
}

export const declareNew: DeclareVerb = (program) => {
  verb(program, 'new', 'Write the skeleton of an entry, for a person to fill in.')
    .argument('<entry>', ENTRY_KINDS.join(', '), entryKind)
    .argument('<id>', 'AREA/NAME of a feature, such as time/pit; NAME of another entry')
    .option('--content <dir>', 'the folder to write to', 'content')
    .action(async (kind: EntryKind, id: string, options: SessionOptions & { content: string }) => {
      const session = new Session(options);
      const { renderNew, runNew } = await import('../commands/new.ts');
      const { readSources } = await import('../markdown/read-sources.ts');
      const { release } = (await readSources(ROOT)).xen;
      const content = contentFolder(options.content);
      const { problems, ...written } = await runNew({ root: ROOT, content, kind, id, release });
      session.end(problems, written, renderNew(written));
    });
};
