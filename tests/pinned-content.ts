import { readContent } from '../scripts/markdown/read-content.ts';
import type { Content } from '../src/data/content.ts';
import { removedIn } from '../src/data/fact-at.ts';
import { ROOT } from './xen-tree.ts';

/** The committed content with the facts that the pinned release has; those of older releases only are left out. */
export async function readPinned(): Promise<{ readonly content: Content }> {
  const { content } = await readContent(ROOT);
  const facts = content.facts.filter((fact) => removedIn(fact) === undefined);
  return { content: { ...content, facts } };
}
