/** The structures of functions by which a region answers: `static const struct … name = { .read = f, … };`. */
import type { CFile } from '../../c-file.ts';

export interface Operations {
  readonly name: string;
  readonly read: string | null;
  readonly write: string | null;
}

/** Of ops structures for `x86_emulate()`: a function that only refuses is none. */
const REFUSES = new Set(['x86emul_unhandleable_rw']);

function member(body: string, name: string): string | null {
  const found = new RegExp(`\\.${name}\\s*=\\s*(\\w+)`).exec(body)?.[1];
  return found === undefined || REFUSES.has(found) ? null : found;
}

/** The structure with a name, or undefined when the file does not define it. */
export function readOperations(file: CFile, name: string): Operations | undefined {
  const pattern = new RegExp(`\\bstruct \\w+ ${name}\\s*=\\s*\\{([^}]*)\\}`);
  const body = pattern.exec(file.text)?.[1];
  return body === undefined
    ? undefined
    : { name, read: member(body, 'read'), write: member(body, 'write') };
}

/** Names of the structures of a type that a file defines, in order. */
export function readNames(file: CFile, type: string): string[] {
  const pattern = new RegExp(`^static const struct ${type} (\\w+)\\s*=\\s*\\{`, 'gm');
  return [...file.text.matchAll(pattern)].map(([, name = '']) => name);
}
