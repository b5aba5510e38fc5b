/**
 * Which paragraphs ask. A question mark counts at the end of a word, not inside an address, a pattern or code; a request
 * without one counts when it is worded as one of the phrases below.
 */
const MARK = /[\p{L}\p{N})"'”’\]*_`]\?+(?=[\s)"'”’*_!,.;]|$)/u;
const REQUESTS = [
  /\bI(?:'d| would) appreciate (?:it )?if you could\b/i,
  /\bwould appreciate any\b/i,
  /\b(?:I(?:'m| am)|I was) (?:also )?wondering\b/i,
  /\bI wonder (?:if|whether|why|how|what)\b/i,
  /\bmakes me (?:curious|wonder)\b/i,
  /\b(?:could|can) (?:you|someone|anyone) (?:please )?(?:clarify|explain|confirm)\b/i,
  /\bplease (?:clarify|explain|confirm)\b/i,
];
/** What every request has in it; most paragraphs have none of it. */
const HINT = /wonder|appreciate|curious|clarify|explain|confirm/i;
const NOISE = /\b[a-z][a-z0-9+.-]{1,10}:\/\/\S+|`[^`\n]{1,200}`/gi;

function asks(paragraph: string): boolean {
  if (!paragraph.includes('?') && !HINT.test(paragraph)) return false;
  const text = paragraph.replace(NOISE, ' ').replace(/\s+/g, ' ');
  return MARK.test(text) || REQUESTS.some((request) => request.test(text));
}

/** The 1-based positions, among the sender's own paragraphs, of those that ask. */
export function findQuestions(paragraphs: readonly string[]): { paragraph: number }[] {
  return paragraphs.flatMap((text, index) => (asks(text) ? [{ paragraph: index + 1 }] : []));
}
