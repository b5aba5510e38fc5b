/** The answers of a search as the options of a listbox: identifiers first, then pages, each option a link. */
import type { Answer } from './answer.ts';
import { element, excerptNodes } from './element.ts';
import type { PageResult } from './pagefind.ts';
import { searchAddress, targetTitle, targetWhy } from './render-identifiers.ts';
import { pageTitle } from './render-pages.ts';

const IDENTIFIERS_AT_ONCE = 8;
const PAGES_AT_ONCE = 5;

function option(href: string, ...children: readonly (Node | string)[]): HTMLElement {
  const attributes = { role: 'option', 'aria-selected': 'false', tabindex: '-1', class: 'option' };
  return element('a', { ...attributes, href }, ...children);
}

function group(title: string, options: readonly HTMLElement[]): Node[] {
  if (options.length === 0) return [];
  const heading = element('div', { class: 'option-heading', 'aria-hidden': 'true' }, title);
  return [element('div', { role: 'group', 'aria-label': title }, heading, ...options)];
}

function identifierOptions({ identifiers }: Answer): HTMLElement[] {
  return identifiers.hits
    .flatMap(({ name, targets }) => targets.map((target) => ({ name, target })))
    .slice(0, IDENTIFIERS_AT_ONCE)
    .map(({ name, target }) => {
      const spelled = target.title === name ? [] : [element('code', {}, name), ' '];
      return option(target.url, ...spelled, targetTitle(target), ' ', targetWhy(target));
    });
}

function nearOptions({ identifiers }: Answer): HTMLElement[] {
  return identifiers.near.map((name) => option(searchAddress(name), element('code', {}, name)));
}

function pageOption(page: PageResult): HTMLElement {
  const { title, kind } = pageTitle(page);
  const excerpt = element('span', { class: 'option-excerpt' }, ...excerptNodes(page.excerpt));
  return option(page.url, title, ' ', ...kind, ' ', excerpt);
}

/** The best answers, in groups; the page of the search has all of them. */
export async function renderOptions(answer: Answer): Promise<Node[]> {
  if (!answer.asked) return [];
  const pages = await Promise.all(answer.pages.slice(0, PAGES_AT_ONCE).map(({ data }) => data()));
  return [
    ...group('Identifiers', identifierOptions(answer)),
    ...group('No such identifier; near it', nearOptions(answer)),
    ...group('Pages', pages.map(pageOption)),
  ];
}
