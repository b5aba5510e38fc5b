import type { Reference } from '../../../src/schema/thread.ts';

/** A reference as a text has it, before it is looked up in a tree. The same whatever tree it is looked up in. */
export interface Found {
  readonly kind: Reference['kind'];
  /** As written; paths without the `a/` of a patch and without the folder of a build. */
  readonly written: string;
  readonly where: Reference['where'];
  /** The names that it stands for, when it stands for more than the one written (`get_{a,b}()`, `x.[ch]`). */
  readonly names?: readonly string[];
  /** A patch shows it as part of the tree of that time: on a removed or unchanged line. */
  readonly existed?: true;
  /** It is a reference only where a tree has a name, or a function, of that spelling: its form does not tell. */
  readonly when?: 'name' | 'function';
  /** The name that it is when a mailer ate the blank after the type: `intname(`. */
  readonly unglued?: string;
}

export type Find = Omit<Found, 'where' | 'existed'>;

export function find(kind: Find['kind'], written: string, when?: Found['when']): Find {
  return when === undefined ? { kind, written } : { kind, written, when };
}

/** The names that a reference stands for. */
export function namesOf({ names, written }: Pick<Found, 'names' | 'written'>): readonly string[] {
  return names ?? [written];
}

/** Text in which the matches of a pattern are blanked, so that later patterns do not see them; lengths stay. */
export function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match) => ' '.repeat(match.length));
}
