import { closest, distance } from 'fastest-levenshtein';

/** The letters of a word in the order of the alphabet: the same for words whose letters are only swapped. */
function letters(word: string): string {
  return [...word].sort().join('');
}

/**
 * The listed word that resembles `word` in any case: one of the same letters, else the closest, or undefined when more
 * than a third of its letters differ.
 */
export function nearest(word: string, listed: readonly string[]): string | undefined {
  if (listed.length === 0) return undefined;
  const lower = word.toLowerCase();
  const swapped = listed.find((one) => letters(one.toLowerCase()) === letters(lower));
  if (swapped !== undefined) return swapped;
  const near = closest(
    lower,
    listed.map((one) => one.toLowerCase()),
  );
  if (distance(lower, near) > Math.max(1, near.length / 3)) return undefined;
  return listed.find((one) => one.toLowerCase() === near);
}

/** `; the nearest is …` to follow what is expected, or nothing when no listed word resembles it. */
export function nearestHint(word: string, listed: readonly string[]): string {
  const near = nearest(word, listed);
  return near === undefined ? '' : `; the nearest is \`${near}\``;
}
