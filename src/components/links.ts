export interface PageLink {
  readonly title: string;
  readonly href: string;
}
