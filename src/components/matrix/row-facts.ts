/** The facts that a row rests on, below the row; they are those of the feature’s page. */
import { GUEST_TYPES } from '../../model/guest-types.ts';
import { featurePage } from './feature-pages.ts';

function paragraph(text: string): HTMLElement {
  return Object.assign(document.createElement('p'), { textContent: text });
}

async function factsAt(path: string): Promise<Node[]> {
  const page = await featurePage(path);
  const lead = page.querySelector('main .lead');
  const facts = page.querySelector('section[aria-labelledby=facts] ul');
  return [
    ...(lead === null ? [] : [document.importNode(lead, true)]),
    facts === null ? paragraph('The row names no fact.') : document.importNode(facts, true),
  ];
}

/** A row of the table that fills itself with the facts of the feature that a link leads to. */
export function factsRow(id: string, { pathname }: HTMLAnchorElement): HTMLTableRowElement {
  const row = document.createElement('tr');
  const cell = row.insertCell();
  row.className = 'row-facts';
  row.id = id;
  cell.colSpan = GUEST_TYPES.length + 1;
  cell.append(paragraph('…'));
  factsAt(pathname).then(
    (nodes) => cell.replaceChildren(...nodes),
    () => cell.replaceChildren(paragraph('The page of the feature could not be read.')),
  );
  return row;
}

/** The button in the heading of a row that shows and hides its facts. */
export function factsButton(title: string, controls: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'facts-button';
  button.textContent = 'Facts';
  button.setAttribute('aria-label', `Facts of ${title}`);
  button.setAttribute('aria-expanded', 'false');
  button.dataset['controls'] = controls;
  return button;
}
