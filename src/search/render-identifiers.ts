import type { Hit, Lookup, Target } from '../data/lookup.ts';
import { PAGE_WORDS } from '../data/mention-words.ts';
import { MENTION_ROLES } from '../data/mentions.ts';
import { element } from './element.ts';
import { parseState, renderState } from './search-state.ts';

/** What a target is called: the name of a symbol or a file as code, else the title of the page. */
export function targetTitle({ title, collection }: Target): Node | string {
  return collection === 'symbol' || collection === 'file' ? element('code', {}, title) : title;
}

/** What a target is, and what it has to do with the name. */
export function targetWhy({ collection, why }: Target): HTMLElement {
  const words = PAGE_WORDS[collection];
  return element(
    'span',
    { class: 'hit-why' },
    why === 'page' || why === 'names' ? words : `${words}: ${MENTION_ROLES[why]}`,
  );
}

function renderTarget(target: Target): HTMLElement {
  const link = element('a', { href: target.url }, targetTitle(target));
  return element('li', {}, link, ' ', targetWhy(target));
}

function renderHit({ name, match, targets }: Hit): HTMLElement {
  return element(
    'li',
    { class: 'hit', 'data-match': match },
    ...(targets.some(({ title }) => title === name)
      ? []
      : [element('code', { class: 'hit-name' }, name)]),
    element('ul', {}, ...targets.map(renderTarget)),
  );
}

/** The address of a search for a name. */
export function searchAddress(query: string): string {
  return `/search/${renderState({ ...parseState(''), query })}`;
}

function searchLink(query: string): HTMLElement {
  return element('a', { href: searchAddress(query) }, element('code', {}, query));
}

function separated(nodes: readonly Node[]): (Node | string)[] {
  return nodes.flatMap((node, position) => (position === 0 ? [node] : [', ', node]));
}

/** What is said when the query can be nothing but an identifier, and the Atlas has none of that name. */
function renderUnknown(query: string, { near }: Lookup): Node[] {
  const sentence = element(
    'p',
    { class: 'no-identifier' },
    'No such identifier in the Atlas: ',
    element('code', {}, query),
    '.',
  );
  if (near.length === 0) return [sentence];
  return [sentence, element('p', {}, 'Near it: ', ...separated(near.map(searchLink)), '.')];
}

function section(title: string, hits: readonly Hit[]): Node[] {
  if (hits.length === 0) return [];
  return [element('h2', {}, title), element('ul', { class: 'hits' }, ...hits.map(renderHit))];
}

/** The answer of the identifier index, above the pages that hold the words. */
export function renderLookup(query: string, found: Lookup): Node[] {
  const whole = found.hits.filter(({ match }) => match === 'exact' || match === 'path-tail');
  const part = found.hits.filter(({ match }) => match === 'prefix' || match === 'substring');
  const unknown = found.identifier && whole.length === 0 ? renderUnknown(query, found) : [];
  return [
    ...section('Identifier', whole),
    ...unknown,
    ...section('Identifiers that contain it', part),
  ];
}
