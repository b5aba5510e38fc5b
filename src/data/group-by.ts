/** Items with one key, together, in the order in which the keys come first. */
export function groupBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
): { readonly key: K; readonly items: readonly T[] }[] {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return [...groups].map(([key, group]) => ({ key, items: group }));
}
