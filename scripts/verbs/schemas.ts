import { resolve } from 'node:path';
import { here, ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, verb } from './verb.ts';

/** Where the settings of .vscode/ look for the schemas. */
const EDITOR_SCHEMAS = '.cache/schemas';

export const declareSchemas: DeclareVerb = (program) => {
  verb(program, 'schemas', 'Write the JSON Schemas of the content, for editors.')
    .option('--out <dir>', 'the folder to write to', EDITOR_SCHEMAS)
    .action(async (options: SessionOptions & { out: string }) => {
      const session = new Session(options);
      const { runSchemas } = await import('../commands/schemas.ts');
      const own = options.out === EDITOR_SCHEMAS;
      const files = await runSchemas(own ? resolve(ROOT, EDITOR_SCHEMAS) : here(options.out));
      session.end([], { files }, `${files.length} schemas written to ${options.out}/.`);
    });
};
