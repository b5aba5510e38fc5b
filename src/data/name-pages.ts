import type { TreePin } from '../model/upstream.ts';
import { neighboursOf } from './neighbours.ts';
import type { NamePage } from './reverse-index.ts';

export interface NameLink {
  readonly title: string;
  readonly href: string;
}

/** What the page of a symbol or a file is made of. */
export interface NamePageProps {
  readonly page: NamePage;
  readonly pin: TreePin;
  readonly previous: NameLink | undefined;
  readonly next: NameLink | undefined;
}

/** The pages of an index, each with its neighbours; `routeOf` gives the address of a name. */
export function namePages(
  index: ReadonlyMap<string, NamePage>,
  pin: TreePin,
  routeOf: (name: string) => string,
): NamePageProps[] {
  const pages = [...index.values()];
  const link = (page: NamePage | undefined): NameLink | undefined =>
    page && { title: page.name, href: routeOf(page.name) };
  return pages.map((page, position) => {
    const { previous, next } = neighboursOf(pages, position);
    return { page, pin, previous: link(previous), next: link(next) };
  });
}
