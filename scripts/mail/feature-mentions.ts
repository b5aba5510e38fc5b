/** What words in a message name which rows of the matrix. Acronyms are matched in the case in which Xen writes them. */
const LEXICON: Readonly<Record<string, RegExp>> = {
  'interrupts/local-apic':
    /\bLAPICs?\b|\b[Ll]ocal (?:x2)?APICs?\b|\bx2?APIC\b|\bvlapic\b|\bAPICv\b/,
  'interrupts/io-apic': /\bIO-?APICs?\b|\bI\/O APICs?\b|\bvioapic\b/,
  'interrupts/pic': /\bv?PIC\b|\bi?8259A?\b/,
  'time/pit': /\bv?PIT\b|\bi?825[34]\b/,
  'time/hpet': /\bv?HPETs?\b/,
  'time/rtc': /\bv?RTC\b|\bCMOS\b/,
  'time/acpi-pm-timer': /\bPM[- ]?[Tt]imer\b|\bpmtimer\b|\bpmtmr\b|\bACPI timer\b/,
  'devices/vga': /\b(?:std)?VGA\b|\bstdvga\b/,
  'devices/pci-config':
    /\b0?x?[Cc][Ff](?:8|[Cc])\b|\b[Cc]onfig(?:uration)?[- ][Ss]pace\b|\bMM(?:CFG|CONFIG)\b|\bECAM\b|\bvPCI\b/,
  'platform/hypercalls': /\bhypercalls?\b/i,
};

/** Ids of the rows that the lexicon knows. */
export const FEATURES_OF_LEXICON: readonly string[] = Object.keys(LEXICON).sort();

/** Rows of the matrix that a text speaks of, out of those that exist; sorted. */
export function findFeatures(text: string, existing: ReadonlySet<string>): string[] {
  return FEATURES_OF_LEXICON.filter((id) => existing.has(id) && LEXICON[id]?.test(text) === true);
}
