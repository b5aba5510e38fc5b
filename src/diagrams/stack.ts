/** A thing in a column: its height, and where its middle would best be. */
export interface Stacked {
  readonly height: number;
  readonly middle: number;
}

/** Upper edges of things one below the other in their order, each as near to its place as the ones above let it. */
export function stackDown(things: readonly Stacked[], top: number, gap: number): number[] {
  let free = top;
  return things.map(({ height, middle }) => {
    const y = Math.round(Math.max(free, middle - height / 2));
    free = y + height + gap;
    return y;
  });
}

/** The mean of some heights, or 0 of none. */
export function meanOf(heights: readonly number[]): number {
  return heights.length === 0 ? 0 : heights.reduce((sum, one) => sum + one, 0) / heights.length;
}
