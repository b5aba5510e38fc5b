/** `llms.txt`: what the Atlas is and where what it says stands, for programs that read text (llmstxt.org). Pure. */
import { GUEST_TYPE_WORDS, GUEST_TYPES } from '../model/guest-types.ts';
import type { Atlas } from './atlas.ts';
import { counted } from './counted.ts';
import { publicAddress, type SitePlace } from './placed.ts';
import { answerRoute, guestRoute, guideRoute, matrixRoute, RELEASES_ROUTE } from './routes.ts';

interface Line {
  readonly title: string;
  readonly href: string;
  readonly says: string;
}

const PAGES: readonly Line[] = [
  { title: 'Matrix', href: matrixRoute({}), says: 'every feature by guest type' },
  { title: 'Compare', href: '/compare/', says: 'any two guest types side by side' },
  { title: 'Features', href: '/features/', says: 'the rows of the matrix, explained' },
  { title: 'Facts', href: '/facts/', says: 'what was extracted from the source of Xen' },
  { title: 'Releases', href: RELEASES_ROUTE, says: 'what changed between releases of Xen' },
  { title: 'Measured', href: '/measured/', says: 'what guests did when they were run' },
  { title: 'Legend', href: '/legend/', says: 'the closed words of the statements' },
  { title: 'Glossary', href: '/glossary/', says: 'what abbreviations stand for' },
];

/** Files of the dataset worth a line. */
const DATA: readonly Line[] = [
  {
    title: 'Index',
    href: '/api/v1/index.json',
    says: 'the files, their licence and their release',
  },
  {
    title: 'Features',
    href: '/api/v1/features.json',
    says: 'the rows with their cells and evidence',
  },
  { title: 'Facts', href: '/api/v1/facts.json', says: 'the extracted facts with their history' },
  { title: 'Answers', href: '/api/v1/answers.json', says: 'questions and answers' },
  { title: 'Matrix', href: '/api/v1/matrix.csv', says: 'one line a handling' },
];

/** The text of the site that stands at `place`. */
export function llmsText({ content, rows }: Atlas, place: SitePlace): string {
  const list = (lines: readonly Line[]) =>
    lines.map(({ title, href, says }) => `- [${title}](${publicAddress(href, place)}): ${says}`);
  const { release, commit } = content.sources.xen;
  return [
    '# Xen Emulation Atlas',
    '',
    `> What Xen emulates, virtualizes, paravirtualizes or refuses for each guest type, under which condition, and which lines of Xen’s source say so: ${counted(rows.length, 'feature')} by ${GUEST_TYPES.length} guest types, resting on ${counted(content.facts.length, 'fact')} of Xen ${release} (commit ${commit}).`,
    '',
    'A verdict holds by default; its conditions change it. `unknown` means not established, never no. Cite the page and its release.',
    '',
    '## Pages',
    '',
    ...list(PAGES),
    '',
    '## Guest types',
    '',
    ...list(
      GUEST_TYPES.map((guest) => {
        const { title, meaning } = GUEST_TYPE_WORDS[guest];
        return { title, href: guestRoute(guest), says: meaning };
      }),
    ),
    '',
    '## Guides',
    '',
    ...list(
      content.guides.map(({ id, title, summary }) => ({
        title,
        href: guideRoute(id),
        says: summary,
      })),
    ),
    '',
    '## Answers',
    '',
    ...list(
      content.answers.map(({ id, question, short }) => ({
        title: question,
        href: answerRoute(id),
        says: short,
      })),
    ),
    '',
    '## Data',
    '',
    ...list(DATA),
    '',
  ].join('\n');
}
