/**
 * Searches overlap while someone types. Gives a function that waits for the value of a task and hands it on, unless
 * another task was begun in the meantime.
 */
export function latestOnly(): <T>(task: Promise<T>, show: (value: T) => void) => Promise<void> {
  let begun = 0;
  return async (task, show) => {
    begun += 1;
    const turn = begun;
    const value = await task;
    if (turn === begun) show(value);
  };
}
