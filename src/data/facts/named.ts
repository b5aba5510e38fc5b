import { isSymbol, type MentionRole, type Spot, type Subject } from '../mentions.ts';

/** A mention without the entry that makes it. */
export interface Named {
  readonly role: MentionRole;
  readonly subject: Subject;
  readonly spot?: Spot;
}

export function name(text: string): Named {
  return { role: 'names', subject: { kind: 'name', name: text } };
}

export function symbols(role: MentionRole, texts: readonly (string | null)[]): Named[] {
  const names = texts.filter((text) => text !== null && isSymbol(text));
  return [...new Set(names)].map((text) => ({
    role,
    subject: { kind: 'symbol', name: text ?? '' },
  }));
}

export function places(
  role: MentionRole,
  spots: readonly { readonly path: string; readonly symbol: string; readonly line?: number }[],
): Named[] {
  return spots.flatMap(({ path, symbol, line }) => {
    const spot = line === undefined ? { path, symbol } : { path, symbol, line };
    const file: Named = { role, subject: { kind: 'file', name: path }, spot };
    return isSymbol(symbol)
      ? [{ ...file, subject: { kind: 'symbol', name: symbol } }, file]
      : [file];
  });
}
