/** How to cite a page, a row, a cell or a fact at a release of Xen: plain text, BibTeX and CSL-JSON. Pure. */

import { publicAddress, type SitePlace } from './placed.ts';

/** What is cited. */
export interface Cited {
  /** Title of the page, with the guest type when a cell is cited. */
  readonly title: string;
  /** Address from the root of the site, with the anchor of the cell or of the release. */
  readonly route: string;
  /** Release of Xen that the statement was read against. */
  readonly release: string;
  /** Commit of that release; null where it is not known. */
  readonly commit: string | null;
}

/** An item of CSL-JSON (schema 1.0.2), as reference managers import it. */
export interface CslItem {
  readonly id: string;
  readonly type: 'webpage';
  readonly title: string;
  readonly 'container-title': string;
  readonly author: readonly { readonly literal: string }[];
  readonly version: string;
  readonly note: string;
  readonly URL?: string;
}

export interface Citation {
  readonly text: string;
  readonly bibtex: string;
  readonly csl: CslItem;
}

/** The work and its authors, as `CITATION.cff` names them. */
export const ATLAS_TITLE = 'Xen Emulation Atlas';
export const ATLAS_AUTHORS = 'The authors of the Xen Emulation Atlas';

const BIBTEX_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Text within braces of a BibTeX field. */
function bibtexText(text: string): string {
  return text.replaceAll(
    /[\\~^&%$#_{}]/g,
    (character) => BIBTEX_ESCAPES[character] ?? `\\${character}`,
  );
}

/** The key of a citation: the release and the address, in characters that every tool takes. */
function keyOf({ route, release }: Cited): string {
  const place = route.replaceAll(/[^A-Za-z0-9.]+/g, '-').replaceAll(/^-|-$/g, '');
  return ['xen-emulation-atlas', release, place].filter((part) => part !== '').join('-');
}

/** The revision of Xen that the statement was read against. */
function revisionOf({ release, commit }: Cited): string {
  return commit === null ? `Xen ${release}` : `Xen ${release}, commit ${commit}`;
}

/** Without an origin the address is a path, which no field of an address may hold. */
function bibtexOf(cited: Cited, url: string | undefined): string {
  const note = url === undefined ? `${revisionOf(cited)}, ${cited.route}` : revisionOf(cited);
  const fields = [
    `author = {{${bibtexText(ATLAS_AUTHORS)}}}`,
    `title = {{${bibtexText(cited.title)}}}`,
    `howpublished = {${bibtexText(ATLAS_TITLE)}}`,
    `note = {${bibtexText(note)}}`,
    ...(url === undefined ? [] : [`url = {${url}}`]),
  ];
  return `@misc{${keyOf(cited)},\n${fields.map((field) => `  ${field},\n`).join('')}}`;
}

/** The citation of a statement of the site that stands at `place`. */
export function citationOf(cited: Cited, place: SitePlace): Citation {
  const url = place.origin === undefined ? undefined : publicAddress(cited.route, place);
  return {
    text: `“${cited.title}”, ${ATLAS_TITLE}, ${revisionOf(cited)}, ${url ?? cited.route}`,
    bibtex: bibtexOf(cited, url),
    csl: {
      id: keyOf(cited),
      type: 'webpage',
      title: cited.title,
      'container-title': ATLAS_TITLE,
      author: [{ literal: ATLAS_AUTHORS }],
      version: `Xen ${cited.release}`,
      note: url === undefined ? `${revisionOf(cited)}, ${cited.route}` : revisionOf(cited),
      ...(url === undefined ? {} : { URL: url }),
    },
  };
}
