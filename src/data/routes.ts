/** Addresses of the pages, absolute from the root of the site; every one ends in `/` before an anchor. Pure. */

/** Characters that may stand as they are in a path segment of this site. */
function segment(text: string): string {
  return encodeURIComponent(text);
}

function path(...segments: readonly string[]): string {
  return `/${segments.map((part) => `${segment(part)}/`).join('')}`;
}

/** `id` is `<kind>/<name>`, with or without the leading `facts/` of a reference. */
export function factRoute(id: string): string {
  return path('facts', ...id.replace(/^facts\//, '').split('/'));
}

export function factKindRoute(kind: string): string {
  return path('facts', kind);
}

/** `id` is `<area>/<name>`; the anchor of a cell is its guest type. */
export function featureRoute(id: string, guest?: string): string {
  return `${path('features', ...id.split('/'))}${guest === undefined ? '' : `#${guest}`}`;
}

/** The area's heading on the list of features. */
export function areaRoute(area: string): string {
  return `/features/#${area}`;
}

export function answerRoute(id: string): string {
  return path('answers', id);
}

export function guestRoute(guest: string): string {
  return path('guests', guest);
}

/** The comparison of two guest types; `a` comes first in the order of the guest types (`guest-pairs.ts`). */
export function compareRoute(a: string, b: string): string {
  return path('compare', a, b);
}

export function guideRoute(id: string): string {
  return path('guides', id);
}

/** Every diagram. */
export const DIAGRAMS_ROUTE = '/diagrams/';

/** How guests get into the instruction emulator. */
export const EMULATOR_REACH_ROUTE = '/diagrams/instruction-emulator/';

/** A term on the page of the glossary. */
export function termRoute(id: string): string {
  return `/glossary/#${id}`;
}

/** Every release that the Atlas covers. */
export const RELEASES_ROUTE = '/releases/';

/** What changed between two releases, given as branches such as `4.20`. */
export function releaseDiffRoute(from: string, to: string): string {
  return path('releases', `${from}..${to}`);
}

/** The matrix as at a release, given as a branch: an address that stays when a newer release comes. */
export function releaseMatrixRoute(release: string): string {
  return path(release, 'matrix');
}

/** What a fact says at a release, in its history; `release` is a branch. */
export function factAtRoute(id: string, release: string): string {
  return `${factRoute(id)}#${releaseAnchor(release)}`;
}

export function releaseAnchor(release: string): string {
  return `at-${release}`;
}

/** The comparison of two sources on the page of contradictions. */
export function witnessRoute(id: string): string {
  return `/contradictions/#${id}`;
}

/** What was measured; with a probe, its row. */
export function measuredRoute(probe?: string): string {
  return `/measured/${probe === undefined ? '' : `#${probe}`}`;
}

export function threadRoute(id: string): string {
  return path('threads', id);
}

/**
 * The anchor of a message on its thread's page: `m-` and the Message-ID, in which everything but ASCII letters,
 * digits, `.` and `-` is written as `_` and two hexadecimal digits a byte. Different ids have different anchors.
 */
export function messageAnchor(messageId: string): string {
  const escaped = [...new TextEncoder().encode(messageId)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9.-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  return `m-${escaped}`;
}

export function messageRoute(threadId: string, messageId: string): string {
  return `${threadRoute(threadId)}#${messageAnchor(messageId)}`;
}

/** The index from A to Z. */
export const LETTERS_ROUTE = '/a-z/';

/** The names under a letter; `id` is `a` to `z`, or `0-9`. */
export function letterRoute(id: string): string {
  return path('a-z', id);
}

/** A function, macro, flag, MSR or other name of Xen, as spelled there. */
export function symbolRoute(name: string): string {
  return path('symbols', name);
}

/** `file` is a path from the root of the Xen tree. */
export function fileRoute(file: string): string {
  return path('files', ...file.split('/'));
}

/** A word of the vocabulary on the legend; `group` is one of `how`, `by`, `effect`, `origin`, `guest`, `state`. */
export function legendRoute(group: string, word: string): string {
  return `/legend/#${legendAnchor(group, word)}`;
}

export function legendAnchor(group: string, word: string): string {
  return `${group}-${word.replaceAll(/[^A-Za-z0-9-]/g, '')}`;
}

/** The matrix as filtered; the keys are those of its form. */
export function matrixRoute(filter: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(filter).toString();
  return query === '' ? '/matrix/' : `/matrix/?${query}`;
}
