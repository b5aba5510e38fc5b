import { GUEST_TYPE_WORDS } from '../model/guest-types.ts';
import type { Fact } from '../schema/fact.ts';

const CHANGE_WORDS = {
  present: 'there already in the oldest release that the Atlas covers',
  added: 'added',
  changed: 'changed',
  removed: 'removed',
} as const;

/** One change between releases as the rest of a sentence that starts with the release. */
export function changeWords(change: Fact['history'][number]): string {
  const where = [
    ...(change.guests ?? []).map((guest) => GUEST_TYPE_WORDS[guest].title),
    ...(change.attributes ?? []).map((attribute) => `\`${attribute}\``),
  ];
  return `${CHANGE_WORDS[change.change]}${where.length === 0 ? '' : `: ${where.join(', ')}`}`;
}
