/**
 * The identifier index: every name by which a reader may look for something in Xen, with the pages that answer.
 * `packed-identifiers.ts` makes it small for the search; `lookup.ts` reads it.
 */
import type { Content } from './content.ts';
import { deriveMentions } from './content-mentions.ts';
import type { IdentifierIndex, IndexedPage, IndexedTarget } from './identifier-index.ts';
import { MENTION_ROLES, type Mention, type MentionRole, type Subject } from './mentions.ts';
import { groupMentions, mergeTouches, type ReverseIndex, type Touch } from './reverse-index.ts';

/** Roles worth a line beside the page of a symbol; the others are on that page. */
const BESIDE_A_PAGE: ReadonlySet<MentionRole> = new Set(['names', 'handler', 'allows', 'refuses']);
const BESIDE_A_PAGE_LIMIT = 3;
const WITHOUT_A_PAGE_LIMIT = 12;

const ROLES = Object.keys(MENTION_ROLES) as readonly MentionRole[];

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function roleOf(touch: Touch): MentionRole {
  return touch.roles[0] ?? 'evidence';
}

/** What is about the name first, then as on the pages. */
function byRole(touches: readonly Touch[]): Touch[] {
  return touches
    .map((touch, order) => ({ touch, order, rank: ROLES.indexOf(roleOf(touch)) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ touch }) => touch);
}

class PageList {
  readonly pages: IndexedPage[] = [];
  readonly #positions = new Map<string, number>();

  target(touch: Touch): IndexedTarget {
    const known = this.#positions.get(touch.url);
    const position = known ?? this.pages.push([touch.url, touch.title, touch.collection]) - 1;
    this.#positions.set(touch.url, position);
    return [position, ROLES.indexOf(roleOf(touch))];
  }
}

type NamedKind = Exclude<Subject['kind'], 'ports'>;

function mentionsOfKind(mentions: readonly Mention[], kind: NamedKind): Map<string, Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (mention.subject.kind !== kind) continue;
    const { name } = mention.subject;
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [mention]);
    else known.push(mention);
  }
  return new Map([...groups].sort(([a], [b]) => compareText(a, b)));
}

function touchesBesideAPage(touches: readonly Touch[]): Touch[] {
  return byRole(touches)
    .filter((touch) => BESIDE_A_PAGE.has(roleOf(touch)))
    .slice(0, BESIDE_A_PAGE_LIMIT);
}

function indexPorts(mentions: readonly Mention[], list: PageList): IdentifierIndex['ports'] {
  return mentions
    .flatMap((mention) => {
      if (mention.subject.kind !== 'ports') return [];
      const { first, last } = mention.subject;
      return mergeTouches([mention]).map((touch) => [first, last, ...list.target(touch)] as const);
    })
    .sort((a, b) => a[3] - b[3] || a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0] || a[2] - b[2]);
}

/** Builds the index from mentions and the pages that the reverse index has. */
export function indexMentions(
  mentions: readonly Mention[],
  reverse: ReverseIndex = groupMentions(mentions),
): IdentifierIndex {
  const list = new PageList();
  const targets = (touches: readonly Touch[]) => touches.map((touch) => list.target(touch));
  const withPage = (pages: ReverseIndex['symbols']) =>
    Object.fromEntries(
      [...pages].map(([name, { touches }]) => [name, targets(touchesBesideAPage(touches))]),
    );
  const withoutPage = (kind: NamedKind, among: readonly Mention[] = mentions) =>
    Object.fromEntries(
      [...mentionsOfKind(among, kind)].map(([name, own]) => [
        name,
        targets(byRole(mergeTouches(own)).slice(0, WITHOUT_A_PAGE_LIMIT)),
      ]),
    );
  // A symbol that only one entry is about has no page of its own, and is found as that entry’s name.
  const plain = mentions.flatMap((mention): Mention[] => {
    const { subject } = mention;
    if (subject.kind !== 'name' && subject.kind !== 'symbol') return [];
    if (reverse.symbols.has(subject.name)) return [];
    return [{ ...mention, subject: { kind: 'name', name: subject.name } }];
  });
  const names = {
    symbol: withPage(reverse.symbols),
    file: withPage(reverse.files),
    name: withoutPage('name', plain),
    option: withoutPage('option'),
    message: withoutPage('message'),
    revision: withoutPage('revision'),
  };
  const ports = indexPorts(mentions, list);
  return { roles: ROLES, pages: list.pages, names, ports };
}

export function deriveIdentifiers(content: Content): IdentifierIndex {
  return indexMentions(deriveMentions(content));
}
