/** The entries before and after one in a list, for the links at the foot of a page. */
export function neighboursOf<T>(list: readonly T[], index: number): { previous?: T; next?: T } {
  const previous = list[index - 1];
  const next = list[index + 1];
  return {
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
  };
}
