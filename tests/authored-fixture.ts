/** Stubs of the places that authored tables cite, so that the made-up tree need not hold each of them by hand. */
import type { AuthoredPlace } from '../scripts/xen/authored.ts';

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a text defines the symbol in column 0, or has the anchor when there is no symbol. */
function holds(text: string, { symbol, anchor }: AuthoredPlace): boolean {
  if (symbol === undefined) return new RegExp(`(?<!\\w)${escaped(anchor ?? '')}(?!\\w)`).test(text);
  const definition = new RegExp(`^(?!\\s|/?\\*).*\\b${escaped(symbol)}\\b(?!.*;$)`, 'm');
  return definition.test(text);
}

/** One definition of a symbol with all of the anchors that places have in it. */
function stub(path: string, symbol: string | undefined, anchors: readonly string[]): string {
  if (symbol === undefined || !/\.[ch]$/.test(path)) {
    const lines = symbol === undefined ? anchors : [symbol, ...anchors];
    return lines.map((line) => (/\.[ch]$/.test(path) ? `/* ${line} */\n` : `${line}\n`)).join('');
  }
  const calls = anchors.map((anchor) => `    ${anchor.replace(/\W+$/, '')}();\n`);
  return `\nvoid ${symbol}(void)\n{\n${calls.join('')}}\n`;
}

/** The texts with a stub of each symbol and each bare anchor that they lack. */
export function withStubs(
  texts: Readonly<Record<string, string>>,
  places: readonly AuthoredPlace[],
): Record<string, string> {
  const wanted = Map.groupBy(places, ({ path, symbol, anchor }) =>
    JSON.stringify([path, symbol ?? null, symbol === undefined ? anchor : null]),
  );
  const filled: Record<string, string> = { ...texts };
  for (const group of wanted.values()) {
    const [first] = group;
    if (first === undefined || holds(texts[first.path] ?? '', first)) continue;
    const { path, symbol } = first;
    const anchors = new Set(group.flatMap((place) => place.anchor ?? []));
    filled[path] = `${filled[path] ?? ''}${stub(path, symbol, [...anchors])}`;
  }
  return filled;
}
