import type { Reference } from '../../../src/schema/thread.ts';

/** A reference as a text has it, before it is looked up in a tree. */
export interface Found {
  readonly kind: Reference['kind'];
  /** As written; paths without the `a/` of a patch and without the folder of a build. */
  readonly written: string;
  readonly where: Reference['where'];
  /** The names that it stands for, when it stands for more than the one written (`get_{a,b}()`, `x.[ch]`). */
  readonly names: readonly string[];
  /** Whether a patch shows it as part of the tree of that time: on a removed or unchanged line. */
  readonly existed: boolean;
}

export type Find = Omit<Found, 'where' | 'existed'>;

export function find(kind: Find['kind'], written: string, names?: readonly string[]): Find {
  return { kind, written, names: names ?? [written] };
}

/** Text in which the matches of a pattern are blanked, so that later patterns do not see them; lengths stay. */
export function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match) => ' '.repeat(match.length));
}
