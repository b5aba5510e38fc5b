/** Longest chain of ancestors that is kept: the root and the nearest ones. */
const MAX_ANCESTORS = 200;
const MAX_ID = 250;

function isId(text: string): boolean {
  return text.length <= MAX_ID && /^[!-;=?-~]+$/.test(text) && text.length >= 3;
}

/** The Message-IDs of a header's value, without brackets, in the order written, each once. */
export function parseMessageIds(header: string): string[] {
  const bracketed = [...header.matchAll(/<\s*([^<>\s]{1,400})\s*>/g)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set(bracketed.filter(isId))];
}

/** The one Message-ID of a message; written without brackets by some senders. */
export function parseMessageId(header: string): string | undefined {
  const bare = header.trim();
  return parseMessageIds(header)[0] ?? (isId(bare) ? bare : undefined);
}

/**
 * The ancestors of a message, oldest first: `References`, or `In-Reply-To` when there are none. A message is no ancestor
 * of itself.
 */
export function parseAncestors(
  references: string,
  inReplyTo: string,
  own: string | undefined,
): string[] {
  const listed = parseMessageIds(references).filter((id) => id !== own);
  const ids =
    listed.length > 0
      ? listed
      : parseMessageIds(inReplyTo)
          .filter((id) => id !== own)
          .slice(0, 1);
  return ids.length <= MAX_ANCESTORS ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_ANCESTORS)];
}

/** The key of a message that has no Message-ID: no address, and the same for each copy of the message. */
export function archiveKey(list: string, date: string, author: string): string {
  return `${list}/${date}/${author}`;
}
