/** Keys that xl puts into a field of libxl, and whether libxl does anything with the field. */
import type { Disagreement } from '../../../src/schema/witness.ts';
import type { Corpus } from '../corpus.ts';
import { XL_PARSE } from '../extractors/device-model/keys.ts';
import { readAllKeys } from '../extractors/device-model/settings-of.ts';
import { pathIn } from '../moves.ts';
import type { WitnessPair } from '../witness.ts';
import { factsAbout } from './xl-defaults.ts';

const LIBXL = 'tools/libs/light/';

/** The sources of libxl without the calls that only fill in a default. */
function sourcesOf({ texts, release }: Corpus): string {
  const folder = pathIn(LIBXL, release);
  return [...texts]
    .filter(([path]) => path.startsWith(folder) && /\.[ch]$/.test(path))
    .map(([, text]) => text.replace(/\blibxl_defbool_setdefault\([^;]*;/g, ''))
    .join('\n');
}

/** The names that stand behind a `.` or `->` of a source. */
function membersIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/(?:->|\.)(\w+)\b/g)].map(([, name = '']) => name));
}

export const xlEffects: WitnessPair = {
  id: 'xl-effects',
  title: 'Keys of xl.cfg that reach libxl',
  first: 'xl, which puts the value of a key into a field',
  second: 'libxl, which reads the field',
  minimum: 60,
  compare: (corpus, facts, evidence) => {
    const used = membersIn(sourcesOf(corpus));
    const disagreements: Disagreement[] = [];
    let compared = 0;
    for (const { key, read, chosen } of readAllKeys(corpus).values()) {
      const field = read.findLast((one) => one.field !== null)?.field;
      if (field === undefined || field === null) continue;
      compared += 1;
      const name = /\w+$/.exec(field)?.[0] ?? '';
      if (used.has(name)) continue;
      const parsed = evidence.cite({ path: XL_PARSE, anchor: `config, "${key}"` });
      disagreements.push({
        subject: `\`${key}=\` in xl.cfg`,
        facts: factsAbout(key, facts),
        first: { says: `fills \`${name}\` with it`, evidence: [parsed] },
        second: {
          says:
            chosen === null
              ? 'never reads the field'
              : 'gives the field a default and never reads it',
          evidence: [
            chosen === null
              ? parsed
              : evidence.cite({ path: chosen.path, symbol: chosen.symbol, anchor: name }),
          ],
        },
        reading: 'The key has no effect.',
      });
    }
    return { compared, disagreements, problems: [] };
  },
};
