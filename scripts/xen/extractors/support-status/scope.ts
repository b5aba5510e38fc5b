/** Of which architecture and guest types a row speaks, by the words of its headings and its qualifier. */
import { GUEST_TYPE_WORDS, type GuestType } from '../../../../src/model/guest-types.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { StatusRow } from './rows.ts';

type Attributes = FactOf<'support-status'>['attributes'];
export type Scope = Pick<Attributes, 'arch' | 'guest'>;

/** The narrower words come first. */
const ARCHITECTURES: readonly (readonly [RegExp, NonNullable<Scope['arch']>])[] = [
  [/\bx86[_-]64\b/, 'x86-64'],
  [/\bx86[_-]32\b/, 'x86-32'],
  [/\bx86\b/, 'x86'],
  [/\b(?:ARM32|AArch32|ARM v7)\b/i, 'arm32'],
  [/\b(?:ARM64|AArch64|SVE)\b/i, 'arm64'],
  [/\bARM(?:v8)?\b/i, 'arm'],
  // What only one architecture has.
  [/\b(?:AMD IOMMU|Intel VT-d|EHCI)\b|^Shadow paging$/, 'x86'],
  [/\bRenesas\b|\bSCI\(F\)/, 'arm'],
];

const GUESTS_OF_WORD: Readonly<Record<string, readonly GuestType[]>> = {
  PV: ['pv', 'pv-dom0', 'pv-shim'],
  PVH: ['pvh', 'pvh-dom0'],
  HVM: ['hvm'],
  PVHVM: ['hvm'],
  shim: ['pv-shim'],
};

/** Headings that name guest types in other words than `x86/HVM`, or whose text does. */
const GUESTS_OF_HEADING: Readonly<Record<string, readonly GuestType[]>> = {
  'Host ACPI (via Domain 0)': ['pv-dom0', 'pvh-dom0', 'arm-dom0'],
  'Soft-reset for PV guests': ['pv'],
  'Virtual Hardware, QEMU': ['hvm'],
  'x86/Multiple IOREQ servers': ['pvh', 'hvm'],
  // A domU gets the device: dom0 has it already, and libxl gives none to a PVH container.
  'x86/PCI Device Passthrough': ['pv', 'hvm'],
};

/** Words of guest types that do not say for which guest types a row stands. */
const NAMED_OTHERWISE = [
  /^PV /,
  /^C xenstore stubdom PVH?$/,
  /^x86\/Nested (?:PV|HVM)$/,
  /^Dom0 init support for xl$/,
  /^Linux dom0$/,
];

const PREFIX = /^x86(?:_\d\d)?[ /](?:Xen )?((?:PVHVM|PVH|PV|HVM|shim)(?:\/(?:PVH|PV|HVM))*)\b/;
const GUEST_WORD = /\b(?:PV|PVH|HVM|PVHVM|shim|dom0|domU|Domain 0)\b/i;
const NARROWING = /^(?:dom0|domU)$|(?:^|, )(?:without )?shim$/;

function byPrefix(text: string): readonly GuestType[] | null {
  const words = PREFIX.exec(text)?.[1];
  return words === undefined
    ? null
    : words.split('/').flatMap((word) => GUESTS_OF_WORD[word] ?? []);
}

function byHeadings(path: readonly string[]): readonly GuestType[] | null {
  for (const heading of path.toReversed()) {
    const guests = byPrefix(heading) ?? GUESTS_OF_HEADING[heading];
    if (guests !== undefined && guests !== null) return guests;
  }
  return null;
}

function narrow(guests: readonly GuestType[] | null, qualifier: string) {
  const isDom0 = (guest: GuestType) => guest.endsWith('dom0');
  if (qualifier === 'domU') return guests?.filter((guest) => !isDom0(guest)) ?? null;
  if (qualifier === 'dom0') return guests?.filter(isDom0) ?? null;
  if (/\bwithout shim$/.test(qualifier)) return guests?.filter((g) => g !== 'pv-shim') ?? null;
  if (/(?:^|, )shim$/.test(qualifier)) return GUESTS_OF_WORD['shim'] ?? null;
  const named = byPrefix(qualifier);
  return named === null || guests === null
    ? (named ?? guests)
    : named.filter((guest) => guests.includes(guest));
}

function isOf(arch: Scope['arch'], guest: GuestType): boolean {
  return arch === null || arch.startsWith(GUEST_TYPE_WORDS[guest].architecture);
}

/** The scope that a row states; null where it states none. */
export function scopeOf({ path, qualifier }: Pick<StatusRow, 'path' | 'qualifier'>): Scope {
  const texts = [qualifier ?? '', ...path.toReversed()];
  const arch =
    texts
      .map((text) => ARCHITECTURES.find(([pattern]) => pattern.test(text))?.[1])
      .find((found) => found !== undefined) ?? null;
  const guests = narrow(byHeadings(path), qualifier ?? '');
  return { arch, guest: guests?.filter((guest) => isOf(arch, guest)) ?? null };
}

/** Whether a row speaks of a guest type. */
export function speaksOf({ arch, guest: guests }: Scope, guest: GuestType): boolean {
  return isOf(arch, guest) && (guests === null || guests.includes(guest));
}

/** A heading or qualifier with the word of a guest type that no rule reads, or undefined. */
export function unreadGuestWord({
  path,
  qualifier,
}: Pick<StatusRow, 'path' | 'qualifier'>): string | undefined {
  const isRead = (text: string) =>
    byPrefix(text) !== null ||
    GUESTS_OF_HEADING[text] !== undefined ||
    NAMED_OTHERWISE.some((pattern) => pattern.test(text));
  const unread = (text: string) => GUEST_WORD.test(text) && !isRead(text);
  const narrows = qualifier !== null && NARROWING.test(qualifier);
  return [...path, ...(qualifier === null || narrows ? [] : [qualifier])].find(unread);
}
