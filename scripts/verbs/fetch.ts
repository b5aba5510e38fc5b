import { CACHE, ROOT } from '../open-tree.ts';
import { problem } from '../problems/problem.ts';
import { Session, type SessionOptions } from '../session.ts';
import { type DeclareVerb, release, verb } from './verb.ts';

/** What a program said that ended badly: the last line of its errors. */
function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

export const declareFetch: DeclareVerb = (program) => {
  verb(
    program,
    'fetch',
    'Bring a Xen tree into the cache: the pinned release, or Debian’s source package.',
  )
    .option('--release <release>', 'the release to clone', release)
    .option('--debian', 'unpack Debian’s source package instead of cloning', false)
    .action(async (options: SessionOptions & { release?: string; debian: boolean }) => {
      const session = new Session(options);
      const { readSources } = await import('../markdown/read-sources.ts');
      const { fetchDebianTree } = await import('../xen/tree-debian.ts');
      const { cloneRelease } = await import('../xen/tree-source.ts');
      const { xen } = await readSources(ROOT);
      session.say('Fetching Xen');
      try {
        const path = options.debian
          ? await fetchDebianTree(CACHE)
          : await cloneRelease(xen.repository, options.release ?? xen.release, CACHE);
        session.end([], { path }, `Fetched ${path}`);
      } catch (error) {
        const unusable = problem(
          'tree-unusable',
          { path: options.debian ? 'debian' : xen.repository },
          {
            actual: `an end with \`${lastLine(error)}\``,
            expected: options.debian ? 'a source package of Xen' : 'a repository with the release',
            ...(options.debian ? {} : { repair: 'npm run atlas -- fetch --debian' }),
          },
        );
        session.end([unusable], {}, 'Nothing was fetched.');
      }
    });
};
