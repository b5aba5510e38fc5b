import { resolve } from 'node:path';
import { here, ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { archive } from './archives.ts';
import { contentFolder, type DeclareVerb, verb } from './verb.ts';

export const declareBodies: DeclareVerb = (program) => {
  verb(
    program,
    'bodies',
    'Write what published messages say, for a site that is built beside an archive.',
  )
    .argument('<source...>', 'archives, as for `import`')
    .option('--content <dir>', 'the folder of the content', 'content')
    .option(
      '--out <dir>',
      'the folder to write to; build with ATLAS_BODIES naming it',
      '.cache/bodies',
    )
    .action(async (given: string[], options: SessionOptions & { content: string; out: string }) => {
      const session = new Session(options);
      const { runBodies } = await import('../commands/bodies.ts');
      const { readSources } = await import('../markdown/read-sources.ts');
      const { list } = await readSources(ROOT);
      session.say('Reading messages');
      const out = options.out === '.cache/bodies' ? resolve(ROOT, options.out) : here(options.out);
      const content = contentFolder(options.content);
      const sources = given.map(archive);
      const { problems, messages } = await runBodies({ sources, content, list: list.name, out });
      session.end(
        problems,
        { messages, out },
        `${messages} messages written; build with ATLAS_BODIES=${out}.`,
      );
    });
};
