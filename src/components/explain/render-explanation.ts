/** An explanation as elements of the page. Text stays text: nothing here reads HTML. */
import { symbolOf } from '../../data/handling-words.ts';
import { featureRoute } from '../../data/routes.ts';
import { SURFACES, type Surface } from '../../explain/attack-surface.ts';
import type { Explanation } from '../../explain/explain.ts';
import type { ExplainedHandling, ExplainedRow } from '../../explain/explain-row.ts';
import { becauseWords, explainedWords } from '../../explain/explained-words.ts';
import type { XlProblem } from '../../explain/xl-problem.ts';
import { AREA_WORDS, AREAS } from '../../model/areas.ts';
import { element } from '../../search/element.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Text with what stands in backticks as code. */
export function withCode(text: string): Node[] {
  return text
    .split('`')
    .map((part, index) =>
      index % 2 === 0 ? document.createTextNode(part) : element('code', {}, part),
    );
}

function symbol(handling: ExplainedHandling['handling']): Element {
  const name = symbolOf(handling);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `symbol how-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#s-${name}`);
  svg.append(use);
  return svg;
}

function because(words: string | undefined): (Node | string)[] {
  return words === undefined ? [] : [' ', element('span', { class: 'because' }, `(${words})`)];
}

function handlingItem(explained: ExplainedHandling): HTMLElement {
  const { note } = explained.handling;
  const sentence = element(
    'p',
    {},
    ...withCode(explainedWords(explained)),
    ...because(becauseWords(explained)),
  );
  const notes = note === undefined ? [] : [element('p', { class: 'note' }, ...withCode(note))];
  return element('li', {}, symbol(explained.handling), element('div', {}, sentence, ...notes));
}

function handlingList(handlings: readonly ExplainedHandling[]): HTMLElement {
  return element('ul', { class: 'handlings' }, ...handlings.map(handlingItem));
}

function problemItem({ line, severity, actual, expected }: XlProblem): HTMLElement {
  const place =
    line === undefined
      ? []
      : [
          element(
            'button',
            { type: 'button', class: 'line-link', 'data-line': `${line}` },
            `Line ${line}`,
          ),
          ': ',
        ];
  const word = severity === 'error' ? 'Error' : 'Warning';
  return element(
    'li',
    { class: `problem-${severity}` },
    element('strong', {}, word),
    '. ',
    ...place,
    ...withCode(`Unexpected ${actual}, expected ${expected}.`),
  );
}

/** What is wrong with the file; nothing when nothing is. */
export function renderProblems({ problems }: Explanation): Node[] {
  if (problems.length === 0) return [];
  return [
    element('h2', {}, 'Problems'),
    element('ul', { class: 'problems' }, ...problems.map(problemItem)),
  ];
}

const TRUTH_WORDS = { yes: 'Yes.', no: 'No.', unknown: 'It depends.' } as const;

export function renderRunning({ running }: Explanation): Node[] {
  const entries = running.flatMap((one) => [
    element('dt', {}, one.subject),
    element(
      'dd',
      {},
      element('strong', {}, TRUTH_WORDS[one.truth]),
      ' ',
      ...withCode(one.words),
      ...because(becauseWords(one)),
    ),
  ]);
  return [element('h2', {}, 'What runs'), element('dl', { class: 'running' }, ...entries)];
}

function surfaceItem(explanation: Explanation, name: Surface): HTMLElement {
  const rows = explanation.surface.surfaces[name];
  const open = rows.filter(({ truth }) => truth === 'unknown').length;
  const count = `${rows.length - open}${open === 0 ? '' : `, and ${open} under a condition`}`;
  const links = rows.map(({ id, title, truth }) =>
    element(
      'li',
      {},
      element('a', { href: featureRoute(id, explanation.guest) }, title),
      ...(truth === 'unknown' ? [' (under a condition)'] : []),
    ),
  );
  const summary = element('summary', {}, `${SURFACES[name]}: ${count}`);
  return rows.length === 0
    ? element('p', {}, `${SURFACES[name]}: none`)
    : element('details', {}, summary, element('ul', { class: 'surface-rows' }, ...links));
}

export function renderSurface(explanation: Explanation): Node[] {
  const names = Object.keys(SURFACES) as Surface[];
  const { instructionEmulator } = explanation.surface;
  return [
    element('h2', {}, 'Attack surface'),
    element('p', {}, 'Rows of the matrix in which code outside of the guest acts for it.'),
    ...names.map((name) => surfaceItem(explanation, name)),
    element('h3', {}, 'When the instruction emulator runs'),
    instructionEmulator.length === 0
      ? element('p', {}, 'Never for this guest.')
      : handlingList(instructionEmulator),
  ];
}

function rowElement({ id, title, applies, excluded }: ExplainedRow, guest: string): HTMLElement {
  const why = [...new Set(excluded.flatMap((one) => becauseWords(one) ?? []))].join(', ');
  return element(
    'section',
    { class: 'explained-row' },
    element('h3', {}, element('a', { href: featureRoute(id, guest) }, title)),
    applies.length === 0
      ? element('p', {}, 'Nothing', ...because(why === '' ? undefined : why))
      : handlingList(applies),
  );
}

export function renderRows({ rows, guest }: Explanation): Node[] {
  const areas = AREAS.flatMap((area) => {
    const own = rows.filter((row) => row.area === area);
    if (own.length === 0) return [];
    const summary = element('summary', {}, `${AREA_WORDS[area]}: ${own.length} rows`);
    return [element('details', {}, summary, ...own.map((row) => rowElement(row, guest)))];
  });
  return [element('h2', {}, 'Row by row'), ...areas];
}

/** The proposals with the changed file; the button with the class `take` takes it over. */
export function renderProposals({ proposals, further, minimised }: Explanation): Node[] {
  const items = proposals.map(({ key, assignment, why, costs }) =>
    element(
      'li',
      {},
      element('code', {}, assignment?.replaceAll(/\s+/g, ' ') ?? `without ${key}`),
      element('p', {}, ...withCode(why)),
      element('p', { class: 'note' }, ...withCode(costs)),
    ),
  );
  const beyond = further.flatMap(({ setting, why }) => [
    element('dt', {}, ...withCode(setting)),
    element('dd', {}, ...withCode(why)),
  ]);
  return [
    element('h2', {}, 'Least emulation'),
    ...(items.length === 0
      ? [element('p', {}, 'No setting of the file leaves less to emulate.')]
      : [
          element('ul', { class: 'proposals' }, ...items),
          element('h3', {}, 'The changed file'),
          element('pre', { tabindex: '0', class: 'minimised' }, minimised),
          element('button', { type: 'button', class: 'take' }, 'Take the changed file'),
        ]),
    ...(beyond.length === 0
      ? []
      : [
          element('h3', {}, 'Beyond these settings'),
          element('dl', { class: 'running' }, ...beyond),
        ]),
  ];
}
