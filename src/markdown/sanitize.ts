import rehypeSanitize, { defaultSchema, type Options } from 'rehype-sanitize';

/** Of several rules for one attribute the first counts, so that the classes stand in one. */
const { a: linkRules = [] } = defaultSchema.attributes ?? {};
const linkAttributes = linkRules.filter(
  (rule) => typeof rule === 'string' || rule[0] !== 'className',
);

/**
 * What may reach a page from Markdown. HTML in the Markdown itself does not (it is still unparsed here, and the
 * sanitizer drops what it does not know), so ids come from our own plugins only and need no prefix.
 */
export const SAFE_HTML: Options = {
  ...defaultSchema,
  clobberPrefix: '',
  attributes: {
    ...defaultSchema.attributes,
    a: [...linkAttributes, ['className', 'data-footnote-backref', 'name-link', 'term-link']],
  },
  tagNames: (defaultSchema.tagNames ?? []).filter(
    (name) => name !== 'picture' && name !== 'source',
  ),
};

/** rehype-sanitize with `SAFE_HTML`, in the form in which a list of plugins wants it. */
export const sanitize: [typeof rehypeSanitize, Options] = [rehypeSanitize, SAFE_HTML];
