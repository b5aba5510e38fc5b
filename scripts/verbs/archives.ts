/** Archives on the command line. */
import { here } from '../open-tree.ts';

/** Archives on the web are named as they are. */
export function archive(source: string): string {
  return /^https?:\/\//i.test(source) ? source : here(source);
}
