/** What a page is about, for the facets of the search. Values are words of the vocabulary. */
export interface Facets {
  readonly collection: string;
  readonly guests?: readonly string[] | undefined;
  readonly hows?: readonly string[] | undefined;
  readonly bys?: readonly string[] | undefined;
  readonly area?: string | undefined;
  readonly origin?: string | undefined;
}
