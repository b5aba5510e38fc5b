import { resolve } from 'node:path';
import { here, ROOT } from '../open-tree.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, verb } from './verb.ts';

export const declareExport: DeclareVerb = (program) => {
  verb(program, 'export', 'Write the dataset without building the site.')
    .requiredOption('--out <dir>', 'folder of the dataset')
    .option('--schemas <dir>', 'folder of the JSON Schemas; `schemas` in the dataset by default')
    .action(async (options: SessionOptions & { out: string; schemas?: string }) => {
      const session = new Session(options);
      const out = here(options.out);
      const schemas =
        options.schemas === undefined ? resolve(out, 'schemas') : here(options.schemas);
      const { runExport } = await import('../commands/export.ts');
      const { problems, files } = await runExport({ root: ROOT, out, schemas });
      session.end(problems, { files }, `${files.length} files written.`);
    });
};
