/** The default of each key of xl.cfg: what its manual page states, and what libxl chooses. */
import type { Fact } from '../../../src/schema/fact.ts';
import type { Disagreement } from '../../../src/schema/witness.ts';
import type { EvidenceList } from '../extractor.ts';
import { MANUAL } from '../extractors/device-model/keys.ts';
import { type Key, readAllKeys, statedDefault } from '../extractors/device-model/settings-of.ts';
import type { WitnessPair } from '../witness.ts';

/** What was found about a key whose two defaults differ. */
const READINGS: Readonly<Record<string, string>> = {
  boot: 'libxl adds the floppy drive after the disk and the CD-ROM.',
  serial:
    'The manual page describes QEMU’s own default; libxl passes -nodefaults, so a guest has no serial port unless the key asks for one.',
};

/** Keys that libxl gives no value of its own. */
const NO_VALUE: Readonly<Record<string, { says: string; path: string; symbol: string }>> = {
  serial: {
    says: 'none',
    path: 'tools/libs/light/libxl_dm.c',
    symbol: 'libxl__build_device_model_args_new',
  },
};

/** The facts whose settings include a key. */
export function factsAbout(key: string, facts: readonly Fact[]): string[] {
  return facts
    .filter(
      (fact) =>
        fact.kind === 'device-model' && fact.attributes.settings.some((one) => one.key === key),
    )
    .map(({ id }) => id);
}

function chosenFor(key: Key, evidence: EvidenceList): { says: string; at: number } | null {
  const { chosen } = key;
  if (chosen !== null) {
    const { path, symbol, value } = chosen;
    return { says: value, at: evidence.cite({ path, symbol }) };
  }
  const none = NO_VALUE[key.key];
  return none === undefined
    ? null
    : { says: none.says, at: evidence.cite({ path: none.path, symbol: none.symbol }) };
}

export const xlDefaults: WitnessPair = {
  id: 'xl-defaults',
  title: 'Defaults of xl.cfg',
  first: 'The manual page xl.cfg(5), which states the default of a key',
  second: 'libxl, which chooses it',
  minimum: 25,
  compare: (corpus, facts, evidence) => {
    const disagreements: Disagreement[] = [];
    let compared = 0;
    for (const key of readAllKeys(corpus).values()) {
      const stated = statedDefault(key);
      if (stated === null) continue;
      const chosen = chosenFor(key, evidence);
      if (chosen === null) continue;
      compared += 1;
      if (chosen.says === stated) continue;
      const reading = READINGS[key.key];
      disagreements.push({
        subject: `\`${key.key}=\` in xl.cfg`,
        facts: factsAbout(key.key, facts),
        first: {
          says: `\`${stated}\``,
          evidence: [evidence.cite({ path: MANUAL, anchor: `=item B<${key.key}=` })],
        },
        second: { says: `\`${chosen.says}\``, evidence: [chosen.at] },
        ...(reading === undefined ? {} : { reading }),
      });
    }
    return { compared, disagreements, problems: [] };
  },
};
