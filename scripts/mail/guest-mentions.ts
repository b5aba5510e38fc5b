import { GUEST_TYPES, type GuestType } from '../../src/model/guest-types.ts';

/**
 * What words in a message name which guest types. Longer forms come first: what one of them takes is not looked at
 * again. `dom0` alone names no column, because it does not say which kind of dom0.
 */
const LEXICON: readonly (readonly [RegExp, readonly GuestType[]])[] = [
  [/\bpv[- ]?shim\b|\bPV in (?:a )?shim\b/gi, ['pv-shim']],
  [/\bPVHv?2?(?: |-)(?:dom0|hardware domain|hwdom)(?:s|'s)?\b|\bdom0=pvh\b/gi, ['pvh-dom0']],
  [/\bdom0(?:s|'s)? (?:is|as|being|in|runs as|running as) (?:a )?PVH\b/gi, ['pvh-dom0']],
  [/\b(?:classic )?PV(?: |-)(?:dom0|hardware domain|hwdom)(?:s|'s)?\b/gi, ['pv-dom0']],
  [/\bdom0(?:s|'s)? (?:is|as|being|in|runs as|running as) (?:a )?PV\b(?!\()/gi, ['pv-dom0']],
  [/\bArm(?:32|64)?(?: |-)(?:dom0|hardware domain)\b/gi, ['arm-dom0']],
  [/\bArm(?:32|64)?(?: |-)(?:guests?|domUs?|VMs?|domains?)\b/gi, ['arm']],
  [/\bguests? on Arm(?:32|64)?\b/gi, ['arm']],
  // Prefixes of subjects.
  [/\bx86\/pvh:/g, ['pvh']],
  [/\bx86\/pv:/g, ['pv']],
  [/\bx86\/hvm:/g, ['hvm']],
  [/\bPV\(H\)/g, ['pv', 'pvh']],
  [/\b(?:PVHVM|PV-on-HVM|PV on HVM)\b/g, ['hvm']],
  [/\bPVHv?2?\b/g, ['pvh']],
  [/\bHVM\b/g, ['hvm']],
  // Parts of PV that a guest of any type may use.
  [
    /\bPV(?: |-)(?:drivers?|frontends?|backends?|disks?|nics?|consoles?|IPI|EOI|clock|spinlocks?|interfaces?)\b/gi,
    [],
  ],
  [/\bPV\b(?![./\w-])/g, ['pv']],
];

/** What every pattern of the lexicon has in it; most texts have none of it. */
const HINT = /PV|HVM|\bArm/i;

/** Guest types that a text speaks of, in the order of the columns. */
export function findGuestTypes(text: string): GuestType[] {
  if (!HINT.test(text)) return [];
  let rest = text.replace(/\S+\/\S+\.[chS]\b/g, ' ');
  const found = new Set<GuestType>();
  for (const [pattern, guests] of LEXICON) {
    rest = rest.replace(pattern, () => {
      for (const guest of guests) found.add(guest);
      return ' ';
    });
  }
  return GUEST_TYPES.filter((guest) => found.has(guest));
}
