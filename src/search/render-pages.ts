import { element, excerptNodes } from './element.ts';
import { facetValueTitle } from './facet-words.ts';
import type { PageResult, PageResults } from './pagefind.ts';

const PAGES_AT_ONCE = 10;

/** The title of a page, and what kind of page it is. */
export function pageTitle({ url, meta, filters }: PageResult): {
  readonly title: string;
  readonly kind: readonly HTMLElement[];
} {
  const { title = url } = meta;
  const { collection = [] } = filters;
  const kind = collection
    .slice(0, 1)
    .map((word) => element('span', { class: 'hit-why' }, facetValueTitle('collection', word)));
  return { title, kind };
}

function renderPage(page: PageResult): HTMLElement {
  const { title, kind } = pageTitle(page);
  return element(
    'li',
    { class: 'page-hit' },
    element('a', { href: page.url }, title),
    ...kind.flatMap((word) => [' ', word]),
    element('p', {}, ...excerptNodes(page.excerpt)),
  );
}

/** A button below the list that adds the next pages; it goes when all are there. */
function moreButton(list: HTMLElement, results: PageResults['results']): HTMLElement {
  const button = element('button', { type: 'button' }, 'More pages');
  button.addEventListener('click', async () => {
    const shown = list.children.length;
    const next = results.slice(shown, shown + PAGES_AT_ONCE);
    list.append(...(await Promise.all(next.map(({ data }) => data()))).map(renderPage));
    if (list.children.length >= results.length) button.remove();
    list.children[shown]?.querySelector('a')?.focus();
  });
  return button;
}

/** The pages that Pagefind found, the first of them with their excerpts. */
export async function renderPages(results: PageResults['results']): Promise<Node[]> {
  if (results.length === 0) return [];
  const first = results.slice(0, PAGES_AT_ONCE);
  const pages = await Promise.all(first.map(({ data }) => data()));
  const list = element('ol', { class: 'page-hits' }, ...pages.map(renderPage));
  const more = results.length > first.length ? [moreButton(list, results)] : [];
  return [element('h2', {}, 'Pages'), list, ...more];
}
