import { cleanHeader, withoutAddresses } from './clean-text.ts';

/** Shown for a sender whose header has an address only: half of an address is still half of an address. */
export const NAME_NOT_GIVEN = 'name not given';

/** The name of a sender: never an address, without the "via list" that lists add. */
export function senderName(name: string | undefined): string {
  const clean = withoutAddresses(cleanHeader(name ?? ''))
    .replaceAll('(address)', '')
    .replaceAll('@', ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/^["' ]+|["' ]+$/g, '')
    .replace(/ via [\w-]+$/i, '')
    .trim();
  const obfuscated = /^\S+ (?:at|\(at\)|\[at\]) \S+$/i.test(clean);
  return /\p{L}/u.test(clean) && !obfuscated ? clean : NAME_NOT_GIVEN;
}

/** The name out of a `From:` value that no mail parser has read, such as the one on an archive page. */
export function senderOfHeader(value: string): string {
  const quoted = /^\s*"([^"]*)"/.exec(value)?.[1];
  return senderName(quoted ?? value.replace(/<[^>]*>?/g, ''));
}

/** Words that tell the same sender in two sources: letters and digits, lower case, in order of the alphabet. */
export function senderKey(name: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (words.match(/[\p{L}\p{N}]+/gu) ?? []).sort().join('-');
}
