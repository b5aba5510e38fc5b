/** The dictionary `deps` of gen-cpuid.py: which features Xen hides when one is missing. */
import type { Misread } from '../../misread.ts';
import type { Feature } from './featureset.ts';

const ENTRY =
  /(\w+):\s*(\[[^\]]*\]|feat_range\([^)]*\)|list\(range\([^)]*\)\))((?:\s*\+\s*(?:\[[^\]]*\]|list\(range\([^)]*\)\)))*),?/g;

/** Python cannot name a feature that starts with a digit: `_3DNOW` is `3DNOW`. */
function plainName(name: string): string {
  return name.replace(/^_(?=\d)/, '');
}

function value({ word, bit }: Feature): number {
  return word * 32 + bit;
}

interface Range {
  readonly first: string;
  /** Values after the first, inclusive. */
  readonly span: number;
}

function rangeOf(text: string): Range | undefined {
  const inclusive = /^feat_range\((\w+),\s*\1\s*\+\s*(\d+)\)$/.exec(text);
  if (inclusive !== null)
    return { first: plainName(inclusive[1] ?? ''), span: Number(inclusive[2]) };
  const exclusive = /^list\(range\((\w+),\s*\1\s*\+\s*(\d+)\)\)$/.exec(text);
  return exclusive === null
    ? undefined
    : { first: plainName(exclusive[1] ?? ''), span: Number(exclusive[2]) - 1 };
}

function namesIn(text: string, features: readonly Feature[]): string[] | undefined {
  if (text.startsWith('[')) return (text.match(/\w+/g) ?? []).map(plainName);
  const range = rangeOf(text);
  const first = features.find(({ name }) => name === range?.first);
  if (range === undefined || first === undefined) return undefined;
  const low = value(first);
  return features
    .filter((f) => value(f) >= low && value(f) <= low + range.span)
    .map(({ name }) => name);
}

/** Reads the direct dependants of each feature. */
export function parseDependencies(
  text: string,
  features: readonly Feature[],
): {
  readonly direct: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Misread[];
} {
  const start = /^ *deps = \{$/m.exec(text);
  const end = start === null ? null : /^ {4}\}$/m.exec(text.slice(start.index));
  if (start === null || end === null) {
    return {
      direct: new Map(),
      problems: [{ line: 1, actual: 'no dictionary `deps`', expected: 'one' }],
    };
  }
  const firstLine = text.slice(0, start.index).split('\n').length;
  const body = text
    .slice(start.index + start[0].length, start.index + end.index)
    .replace(/#[^\n]*/g, (c) => ' '.repeat(c.length));
  const known = new Set(features.map(({ name }) => name));
  const direct = new Map<string, string[]>();
  const problems: Misread[] = [];
  for (const match of body.matchAll(ENTRY)) {
    const line = firstLine + body.slice(0, match.index).split('\n').length - 1;
    const parts = `${match[2] ?? ''}${match[3] ?? ''}`.split(/\s*\+\s*(?=\[|list\()/);
    const names = parts.map((part) => namesIn(part, features));
    const unknown = [
      plainName(match[1] ?? ''),
      ...names.flatMap((list) => list ?? ['a range']),
    ].filter((name) => !known.has(name));
    if (unknown.length > 0) {
      problems.push({
        line,
        actual: `\`${unknown.join('`, `')}\``,
        expected: 'features of the featureset',
      });
    }
    direct.set(
      plainName(match[1] ?? ''),
      names.flatMap((list) => list ?? []),
    );
  }
  const left = body.replace(ENTRY, '').trim();
  if (left !== '')
    problems.push({
      line: firstLine,
      actual: `\`${left.slice(0, 40)}\` in \`deps\``,
      expected: 'lists and ranges of features',
    });
  return { direct, problems };
}

/** All dependants of a feature, transitively, sorted by their place in the featureset. */
export function dependantsOf(
  name: string,
  direct: ReadonlyMap<string, readonly string[]>,
  features: readonly Feature[],
): string[] {
  const seen = new Set<string>();
  const pending = [...(direct.get(name) ?? [])];
  for (const next of pending) {
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(direct.get(next) ?? []));
  }
  return features
    .filter((feature) => seen.has(feature.name))
    .sort((a, b) => value(a) - value(b))
    .map((f) => f.name);
}
