import { REVIEW_TAGS } from '../../src/model/review-tags.ts';
import type { BodyLine } from './body.ts';
import type { Digest } from './mail.ts';
import { NAME_NOT_GIVEN, senderOfHeader } from './sender.ts';

const TAG = /^\s{0,4}([A-Z][a-z]+(?:-[A-Za-z]+){1,2}):\s+(\S.{0,200})$/;
const BY_NAME = new Map(REVIEW_TAGS.map((tag) => [tag.toLowerCase(), tag]));
/** More tags than any patch has. */
const MAX_TAGS = 100;

/** The tags in the sender's own lines, each once, in the order of the text; names only. */
export function findReviewTags(lines: readonly BodyLine[]): Digest['tags'][number][] {
  const found = new Map<string, Digest['tags'][number]>();
  for (const { kind, text } of lines) {
    const [, written, name] = (kind === 'own' && TAG.exec(text)) || [];
    const tag = BY_NAME.get(written?.toLowerCase() ?? '');
    if (tag === undefined || name === undefined || found.size >= MAX_TAGS) continue;
    const by = senderOfHeader(name.replace(/\s*[#[].*$/, ''));
    if (by !== NAME_NOT_GIVEN) found.set(`${tag} ${by}`, { tag, by });
  }
  return [...found.values()];
}
