/** What libxl and Xen ask for, against what `emulation_flags_ok()` lets through. */
import { GUEST_TYPE_WORDS, GUEST_TYPES, type GuestType } from '../../../src/model/guest-types.ts';
import type { FactOf } from '../../../src/schema/fact.ts';
import type { Disagreement } from '../../../src/schema/witness.ts';
import type { EvidenceList } from '../extractor.ts';
import type { WitnessPair } from '../witness.ts';

/** Where the flags of a guest type are chosen. */
const CHOOSERS: Readonly<Partial<Record<GuestType, { path: string; symbol: string }>>> = {
  pv: { path: 'tools/libs/light/libxl_x86.c', symbol: 'libxl__arch_domain_prepare_config' },
  pvh: { path: 'tools/libs/light/libxl_x86.c', symbol: 'libxl__arch_domain_prepare_config' },
  hvm: { path: 'tools/libs/light/libxl_x86.c', symbol: 'libxl__arch_domain_prepare_config' },
};

const PERMITS = { path: 'xen/arch/x86/domain.c', symbol: 'emulation_flags_ok' };

function disagreement(
  { id, attributes }: FactOf<'emulation-flag'>,
  guest: GuestType,
  evidence: EvidenceList,
): Disagreement[] {
  const { name, permitted, chosen, forced } = attributes;
  const chooser = CHOOSERS[guest];
  const rule = permitted[guest];
  const asked = chosen[guest] === true;
  const fits =
    rule === null ||
    rule === 'optional' ||
    (rule === 'mandatory') === asked ||
    (rule === 'mandatory' && forced.includes(guest));
  if (fits || chooser === undefined) return [];
  return [
    {
      subject: `${name} for ${GUEST_TYPE_WORDS[guest].title}`,
      facts: [id],
      first: {
        says: asked ? 'asks for it' : 'does not ask for it',
        evidence: [evidence.cite(chooser)],
      },
      second: { says: rule, evidence: [evidence.cite(PERMITS)] },
    },
  ];
}

export const emulationFlags: WitnessPair = {
  id: 'emulation-flags',
  title: 'Emulation flags of a new domain',
  first: 'libxl, which asks for the flags',
  second: 'Xen’s emulation_flags_ok(), which permits them',
  minimum: 15,
  compare: (_corpus, facts, evidence) => {
    const guests = GUEST_TYPES.filter((guest) => CHOOSERS[guest] !== undefined);
    const flags = facts.filter((fact) => fact.kind === 'emulation-flag');
    evidence.cite(PERMITS);
    return {
      compared: flags.length * guests.length,
      disagreements: flags.flatMap((fact) =>
        guests.flatMap((guest) => disagreement(fact, guest, evidence)),
      ),
      problems: [],
    };
  },
};
