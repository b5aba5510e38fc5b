/** Short forms: `get_{a,b}()`, `emul-{priv-op,gate-op}.c`, `x86_emulate.[ch]`. Each group stands for its members. */
const BRACES = /^([^{}]*)\{([\w.+/-]*(?:,[\w.+/-]*)+)\}(.*)$/;
const CLASS = /^([^[\]]*)\[([a-zA-Z]{2,4})\](.*)$/;
const MAX_NAMES = 32;

export const ALTERNATIVES =
  /(?<![\w{}[\]./+-])[\w./+-]*(?:\{[\w.+/-]*(?:,[\w.+/-]*)+\}|\.\[[a-zA-Z]{2,4}\])[\w./+,{}-]*(?:\(\))?/g;

/** The names that a short form stands for, in the order written; the form itself when it is none. */
export function expandAlternatives(written: string): string[] {
  let names = [written.replace(/\(\)$/, '')];
  for (let round = 0; round < 4; round += 1) {
    const next = names.flatMap((name) => {
      const braces = BRACES.exec(name);
      if (braces !== null) {
        return (braces[2] ?? '').split(',').map((part) => `${braces[1]}${part}${braces[3]}`);
      }
      const letters = CLASS.exec(name);
      return letters === null
        ? [name]
        : [...(letters[2] ?? '')].map((letter) => `${letters[1]}${letter}${letters[3]}`);
    });
    if (next.length === names.length || next.length > MAX_NAMES) return names;
    names = next;
  }
  return names;
}
