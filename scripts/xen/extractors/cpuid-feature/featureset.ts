/** The mini-language of `cpufeatureset.h`: words, and features with their letters. */
import type { Misread } from '../../misread.ts';

export interface FeatureWord {
  readonly word: number;
  readonly leaf: number | null;
  readonly subleaf: number | null;
  readonly register: string | null;
  readonly msr: number | null;
}

export interface Feature {
  readonly name: string;
  readonly word: number;
  readonly bit: number;
  /** A, S, H or their lower case; empty when the feature is offered to nobody. */
  readonly letters: string;
  readonly special: boolean;
  readonly accumulates: boolean;
  /** 1-based. */
  readonly line: number;
}

const WORD = /^\/\* (.*?),? word (\d+) .*\*\//;
const FEATURE = /^XEN_CPUFEATURE\(([A-Z0-9_]+),\s+(\d+)\s*\*\s*32\s*\+\s*(\d+)\)\s+\/\*([\w!|]*) /;
const CPUID_LEVEL = /CPUID level (0x[0-9a-fA-F]+)(?::(\d+))?\.(e[abcd]x)/;
const MSR_HALF = /MSR_\w+ (0x[0-9a-fA-F]+)\.(e[ad]x)/;
const LETTERS = /^[AaSsHh]*$/;

function wordOf(description: string, word: number): FeatureWord | undefined {
  const cpuid = CPUID_LEVEL.exec(description);
  if (cpuid !== null) {
    return {
      word,
      leaf: Number(cpuid[1]),
      subleaf: cpuid[2] === undefined ? null : Number(cpuid[2]),
      register: cpuid[3] ?? null,
      msr: null,
    };
  }
  const msr = MSR_HALF.exec(description);
  return msr === null
    ? undefined
    : { word, leaf: null, subleaf: null, register: msr[2] ?? null, msr: Number(msr[1]) };
}

/** Reads words and features. Lines that start like one and cannot be read are problems. */
export function parseFeatureset(text: string): {
  readonly words: ReadonlyMap<number, FeatureWord>;
  readonly features: readonly Feature[];
  readonly problems: readonly Misread[];
} {
  const words = new Map<number, FeatureWord>();
  const features: Feature[] = [];
  const problems: Misread[] = [];
  text.split('\n').forEach((source, index) => {
    const line = index + 1;
    const header = WORD.exec(source);
    if (header !== null) {
      const number = Number(header[2]);
      const word = wordOf(header[1] ?? '', number);
      if (word === undefined) {
        problems.push({
          line,
          actual: `word ${number} of an unknown register`,
          expected: 'a CPUID level or an MSR',
        });
      } else words.set(number, word);
      return;
    }
    if (!source.startsWith('XEN_CPUFEATURE(')) return;
    const match = FEATURE.exec(source);
    const attributes = match?.[4] ?? '';
    const letters = attributes.replace(/[!|]/g, '');
    if (match === null || !LETTERS.test(letters)) {
      problems.push({
        line,
        actual: `\`${source.slice(0, 40)}\``,
        expected: 'a feature, its place and its letters',
      });
      return;
    }
    features.push({
      name: match[1] ?? '',
      // A word may be counted from an earlier one: `16*32+62` is bit 30 of word 17.
      word: Number(match[2]) + Math.floor(Number(match[3]) / 32),
      bit: Number(match[3]) % 32,
      letters,
      special: attributes.includes('!'),
      accumulates: attributes.includes('|'),
      line,
    });
  });
  for (const { name, word, line } of features) {
    if (!words.has(word))
      problems.push({
        line,
        actual: `feature \`${name}\` in word ${word}`,
        expected: 'a comment that describes the word',
      });
  }
  return { words, features, problems };
}

export type Exposure = 'default' | 'max' | 'none';

/** What the letters say for each kind of guest: upper case by default, lower case on request. */
export function exposureOf(letters: string): Record<'pv' | 'hvm-shadow' | 'hvm-hap', Exposure> {
  const among = (classes: string): Exposure => {
    if ([...letters].some((letter) => classes.includes(letter))) return 'default';
    return [...letters].some((letter) => classes.toLowerCase().includes(letter)) ? 'max' : 'none';
  };
  return { pv: among('A'), 'hvm-shadow': among('AS'), 'hvm-hap': among('ASH') };
}
