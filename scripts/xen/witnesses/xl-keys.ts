/** Which keys xl.cfg has: what its manual page documents, and what xl reads. */
import type { Disagreement } from '../../../src/schema/witness.ts';
import type { EvidenceList } from '../extractor.ts';
import { MANUAL, XL_PARSE } from '../extractors/device-model/keys.ts';
import { type Key, readAllKeys } from '../extractors/device-model/settings-of.ts';
import type { WitnessPair } from '../witness.ts';
import { factsAbout } from './xl-defaults.ts';

/** What was found about a key that only one of the two has. */
const READINGS: Readonly<Record<string, string>> = {
  device_model: 'xl reads it to say that it is ignored.',
  vif2: 'xl reads it to say that it is ignored.',
  vncviewer: 'xl reads it to say that it is ignored.',
  firmware_override: 'xl itself names it in a warning about `kernel=`.',
  period: 'A parameter of the scheduler RTDS.',
  slice: 'No scheduler takes it any more.',
  latency: 'No scheduler takes it any more.',
  extratime: 'A parameter of the scheduler RTDS.',
  display: 'Documented for `vfb=` only; xl reads it at the top level too.',
  xauthority: 'Documented for `vfb=` only; xl reads it at the top level too.',
  opengl: 'libxl writes it to XenStore for a framebuffer; no argument of QEMU follows from it.',
};

function disagreement({ key, documented, read }: Key, evidence: EvidenceList) {
  const parsed = evidence.cite({
    path: XL_PARSE,
    anchor: read.length === 0 ? 'xlu_cfg_get_string' : `config, "${key}"`,
  });
  const page = evidence.cite({
    path: MANUAL,
    anchor: documented.length === 0 ? 'OPTIONS' : `=item B<${key}=`,
  });
  const reading = READINGS[key];
  return {
    subject: `\`${key}=\` in xl.cfg`,
    first: {
      says: documented.length === 0 ? 'does not document it' : 'documents it',
      evidence: [page] as [number],
    },
    second: {
      says: read.length === 0 ? 'does not read it' : 'reads it',
      evidence: [parsed] as [number],
    },
    ...(reading === undefined ? {} : { reading }),
  } satisfies Omit<Disagreement, 'facts'>;
}

export const xlKeys: WitnessPair = {
  id: 'xl-keys',
  title: 'Keys of xl.cfg',
  first: 'The manual page xl.cfg(5), which documents keys',
  second: 'xl, which reads them',
  minimum: 140,
  compare: (corpus, facts, evidence) => {
    const keys = [...readAllKeys(corpus).values()];
    const odd = keys.filter(({ documented, read }) => documented.length === 0 || read.length === 0);
    return {
      compared: keys.length,
      disagreements: odd.map((key) => ({
        ...disagreement(key, evidence),
        facts: factsAbout(key.key, facts),
      })),
      problems: [],
    };
  },
};
