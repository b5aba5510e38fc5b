import { stringify } from 'yaml';
import { entryReferences, PUBLISHED_PATH } from '../checks/published.ts';
import { readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import type { Problem } from '../problems/problem.ts';

const HEAD = `# Every id that readers may have linked to. Written by \`npm run atlas -- publish\`, which adds ids and takes none away:
# an id that has no entry any more needs a redirect in content/redirects.yml. A list of its own, and not the history of
# git, so that the check works in a clone without history.
`;

export interface PublishResult {
  readonly problems: readonly Problem[];
  /** Ids that were not listed before, sorted. */
  readonly added: readonly string[];
  readonly total: number;
}

/** Adds the ids of all entries to the list of those that were published. */
export async function runPublish(root: string): Promise<PublishResult> {
  const { addresses, problems } = await readContent(root);
  const entries = entryReferences(await readTextFiles(root, 'content', '.md'));
  const known = new Set(addresses.published);
  const added = entries.filter((id) => !known.has(id)).sort();
  const ids = [...known, ...added].sort();
  await writeTextFile(root, { path: PUBLISHED_PATH, text: `${HEAD}${stringify({ ids })}` });
  return { problems, added, total: ids.length };
}
