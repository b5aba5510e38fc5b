/** Where a statement comes from. Closed; never mixed silently. */
export const ORIGIN_WORDS = {
  extracted: 'a script read it from a table-like source',
  derived: 'a stated rule over extracted facts',
  authored: 'a person wrote it; a machine checks the evidence',
  discussed: 'said in a thread',
  measured: 'observed by running Xen',
} as const;

export type Origin = keyof typeof ORIGIN_WORDS;
export const ORIGINS = Object.keys(ORIGIN_WORDS) as readonly Origin[];
