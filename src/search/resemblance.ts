/**
 * Pagefind answers a word that no page has with pages whose words begin a little like it. For a single word that is a
 * wrong answer, so what it marked must share the first half of the word, and three letters at least.
 */
export function resembles(query: string, marked: readonly string[]): boolean {
  const words = query.trim().toLowerCase().split(/\s+/);
  const [word = ''] = words;
  if (words.length !== 1 || word === '') return true;
  const start = word.slice(0, Math.max(3, Math.ceil(word.length / 2)));
  return marked.some((text) => text.toLowerCase().includes(start));
}
