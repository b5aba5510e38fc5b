/**
 * Suggests pages for an address that leads nowhere: the section that it lies in lists its pages, and those whose address
 * resembles it are shown. Without scripts, or where no section answers, the links of the page remain.
 */
import { nearestAddresses, sectionsOf } from '../data/nearest-addresses.ts';
import { currentRoute, onSite } from '../search/site-root.ts';

/** Titles by address of the pages below a section that its page links to, as browsers ask for them; null without a page. */
async function pagesOf(section: string): Promise<Map<string, string> | null> {
  const response = await fetch(section);
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const links = [...page.querySelectorAll<HTMLAnchorElement>(`main a[href^="${section}"]`)];
  return new Map(
    links
      .map((link) => [link.getAttribute('href') ?? '', link.textContent.trim()] as const)
      .filter(([href, title]) => href.endsWith('/') && href !== section && title !== ''),
  );
}

function show(list: HTMLElement, links: readonly (readonly [href: string, title: string])[]): void {
  list.replaceChildren(
    ...links.map(([href, title]) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = href;
      link.textContent = title;
      item.append(link);
      return item;
    }),
  );
}

async function suggest(region: HTMLElement, list: HTMLElement): Promise<void> {
  for (const section of sectionsOf(currentRoute())) {
    const address = onSite(section);
    const pages = await pagesOf(address);
    if (pages === null) continue;
    const near = nearestAddresses(location.pathname, address, [...pages.keys()]);
    const listed = near.map((href) => [href, pages.get(href) ?? href] as const);
    show(list, [...listed, [address, `All of ${section}`]]);
    region.hidden = false;
    return;
  }
}

const region = document.getElementById('suggestions');
const list = region?.querySelector('ul');
if (region !== null && list !== null && list !== undefined) {
  suggest(region, list).catch(() => {
    // The address has no section that can be read; the links of the page say where to look.
  });
}
