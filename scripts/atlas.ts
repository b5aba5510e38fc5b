/** Starts the command line. Node keeps what it compiled of it, so that the next start is quicker. */
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

enableCompileCache(resolve(import.meta.dirname, '../.cache/code'));
await import('./command-line.ts');
