/** The MSRs that the source names, each once: single ones, and what is left of the ranges between them. */

export interface Label {
  /** As in the source: a name, a call of a macro, or a number. */
  readonly first: string;
  readonly last: string;
  readonly from: number;
  readonly to: number;
}

export interface Segment {
  /** Names in the source that mean this MSR, or the first and the last of a range, and of others of the same numbers. */
  readonly names: readonly string[];
  readonly first: number;
  readonly last: number;
  /** Whether the ranges of the source are wider, because some of their MSRs are named on their own. */
  readonly partial: boolean;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function singles(labels: readonly Label[]): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (const { first, from, to } of labels) {
    if (from !== to) continue;
    const known = names.get(from) ?? [];
    if (!known.includes(first)) names.set(from, [...known, first].sort(compareText));
  }
  return names;
}

/** Points at which a range begins or another one ends. */
function cuts(labels: readonly Label[], apart: ReadonlyMap<number, unknown>): number[] {
  const points = labels.flatMap(({ from, to }) => [from, to + 1]);
  return [...new Set([...points, ...[...apart.keys()].flatMap((at) => [at, at + 1])])].sort(
    (a, b) => a - b,
  );
}

/** Segments in the order of their numbers. */
export function segmentsOf(labels: readonly Label[]): Segment[] {
  const apart = singles(labels);
  const ranges = labels.filter(({ from, to }) => from !== to);
  const points = cuts(labels, apart);
  const between = points.flatMap((first, i): Segment[] => {
    const last = (points[i + 1] ?? first + 1) - 1;
    if (apart.has(first)) return [];
    const covering = ranges.filter(({ from, to }) => from <= first && last <= to);
    const sorted = [...covering].sort(
      (a, b) => a.to - a.from - (b.to - b.from) || compareText(a.first, b.first),
    );
    const [tightest] = sorted;
    if (tightest === undefined) return [];
    const alike = sorted.filter(({ from, to }) => from === tightest.from && to === tightest.to);
    const names = [...new Set(alike.flatMap((label) => [label.first, label.last]))];
    const partial = tightest.from !== first || tightest.to !== last;
    return [{ names, first, last, partial }];
  });
  const alone = [...apart].map(([at, names]) => ({ names, first: at, last: at, partial: false }));
  return [...alone, ...between].sort((a, b) => a.first - b.first);
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/^msr_/, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Names of older releases, and what the newest one calls the same MSR: an id outlives a name. */
const NEWER_NAMES: Readonly<Record<string, string>> = {
  MSR_INTERRUPT_SSP_TABLE: 'MSR_ISST',
};

/** The id of a segment below `msr/`: its first name, with the number where a part of a range needs it. */
export function segmentId({ names, first, last, partial }: Segment): string {
  const [name = '', end = name] = names.map((one) => NEWER_NAMES[one] ?? one);
  if (first === last && !partial) return slug(name);
  const range = `${slug(name)}-to-${slug(end)}`;
  return partial ? `${range}-${hex(first)}` : range;
}

/** `MSR_A`, `MSR_A / MSR_B` for two names of one MSR, or `MSR_A … MSR_B (0x10-0x1f)` for a range. */
export function segmentTitle({ names, first, last, partial }: Segment): string {
  if (first === last && !partial) {
    const words = names.map((name) => (/^0x/.test(name) ? 'Xen hypercall page' : name));
    return `${words.join(' / ')} (${hex(first)})`;
  }
  const range = first === last ? hex(first) : `${hex(first)}-${hex(last)}`;
  return `${names[0]} … ${names[1]} (${range})`;
}
