/**
 * Bands that run from one bar on the left to places one below the other on the right, as thick as what they stand for.
 * Units are those of the view box.
 */

export interface BandStyle {
  /** Where the bands begin and end. */
  readonly left: number;
  readonly right: number;
  /** Thickness of a band that stands for one. */
  readonly perUnit: number;
  /** The least height of a place on the right, for its line of text. */
  readonly line: number;
  /** Room above each group, for its heading. */
  readonly heading: number;
  /** `band`: each band has a place of its own; `group`: those of a group lie together in one. */
  readonly places: 'band' | 'group';
}

export interface PlacedBand {
  /** Outline of the band; a mere line where it stands for none. */
  readonly path: string;
  /** Middle of its end on the right. */
  readonly middle: number;
  /** Upper edge and thickness of its end on the right. */
  readonly top: number;
  readonly thickness: number;
}

export interface PlacedGroup {
  readonly top: number;
  readonly height: number;
  readonly bands: readonly PlacedBand[];
}

export interface PlacedBands {
  readonly height: number;
  /** The bar on the left. */
  readonly bar: { readonly top: number; readonly height: number };
  readonly groups: readonly PlacedGroup[];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const rounded = (value: number) => Math.round(value * 10) / 10;

/** An S-shaped band between two heights; a line in its middle where it has no thickness. */
function bandPath({ left, right }: BandStyle, from: number, to: number, thickness: number): string {
  const middle = (left + right) / 2;
  const [a, b] = [rounded(from), rounded(to)];
  const there = `M${left} ${a}C${middle} ${a} ${middle} ${b} ${right} ${b}`;
  if (thickness === 0) return there;
  const [c, d] = [rounded(from + thickness), rounded(to + thickness)];
  return `${there}V${d}C${middle} ${d} ${middle} ${c} ${left} ${c}Z`;
}

/** Heights of the places of a group. */
function placeHeights(values: readonly number[], style: BandStyle): number[] {
  if (style.places === 'band') {
    return values.map((value) => Math.max(style.line, value * style.perUnit));
  }
  const room = Math.max(0, style.line - sum(values) * style.perUnit);
  return values.map((value) => value * style.perUnit + room / values.length);
}

/** Places the bands of each group; the order stays, so that no two cross. */
export function placeBands(groups: readonly (readonly number[])[], style: BandStyle): PlacedBands {
  const heights = groups.map((values) => placeHeights(values, style));
  const height = sum(heights.flat()) + style.heading * groups.length;
  const barHeight = sum(groups.flat()) * style.perUnit;
  const barTop = (height - barHeight) / 2;
  let from = barTop;
  let y = 0;
  const placed = groups.map((values, group) => {
    const top = y;
    y += style.heading;
    const bands = values.map((value, index) => {
      const own = heights[group]?.[index] ?? 0;
      const thickness = value * style.perUnit;
      const end = y + (own - thickness) / 2;
      const path = bandPath(style, from, end, thickness);
      from += thickness;
      y += own;
      return { path, middle: rounded(end + thickness / 2), top: rounded(end), thickness };
    });
    return { top, height: rounded(y - top), bands };
  });
  return {
    height: rounded(height),
    bar: { top: rounded(barTop), height: barHeight },
    groups: placed,
  };
}
