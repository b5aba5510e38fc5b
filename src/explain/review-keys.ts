/** Keys that xl does not know, does not read for such a guest, or reads with a warning. */
import { nearestHint } from '../data/nearest.ts';
import type { Configuration } from './configuration.ts';
import {
  ALL_XL_KEYS,
  ARM_KEYS,
  DEPRECATED_KEYS,
  HVM_KEYS,
  NOT_PV_KEYS,
  PVH_KEYS,
  shapeOf,
} from './xl-keys.ts';
import type { XlSetting } from './xl-parser.ts';
import type { XlProblem } from './xl-problem.ts';

const KIND_WORDS = { pv: 'PV', pvh: 'PVH', hvm: 'HVM' } as const;

/** For which guests a key is read, when that is not this one. */
function readFor(key: string, { kind, architecture }: Configuration): string | undefined {
  if (ARM_KEYS.has(key)) return architecture === 'arm' ? undefined : 'guests on Arm';
  if (architecture === 'arm') return undefined;
  if (HVM_KEYS.has(key)) return kind === 'hvm' ? undefined : 'HVM guests';
  if (PVH_KEYS.has(key)) return kind === 'pvh' ? undefined : 'PVH guests';
  return NOT_PV_KEYS.has(key) && kind === 'pv' ? 'PVH and HVM guests' : undefined;
}

function deprecationOf(key: string): string | undefined {
  return Object.entries(DEPRECATED_KEYS).find(([known]) => known === key)?.[1];
}

function reviewKey({ key, line }: XlSetting, configuration: Configuration): XlProblem | undefined {
  const warning = { severity: 'warning', line } as const;
  if (shapeOf(key) === undefined) {
    return {
      ...warning,
      kind: 'xl-key-unknown',
      actual: `the key \`${key}\``,
      expected: `a key that xl reads: it ignores others${nearestHint(key, ALL_XL_KEYS)}`,
    };
  }
  const readers = readFor(key, configuration);
  if (readers !== undefined) {
    return {
      ...warning,
      kind: 'xl-key-ignored',
      actual: `\`${key}\` for a ${KIND_WORDS[configuration.kind]} guest`,
      expected: `it for ${readers} only: it changes nothing here`,
    };
  }
  const instead = deprecationOf(key);
  return instead === undefined
    ? undefined
    : { ...warning, kind: 'xl-key-ignored', actual: `the old key \`${key}\``, expected: instead };
}

/** What is to be said of the keys of a configuration, whatever their values. */
export function reviewKeys(configuration: Configuration): XlProblem[] {
  return configuration.written.flatMap((setting) => reviewKey(setting, configuration) ?? []);
}
