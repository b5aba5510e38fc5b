/**
 * The search over a page. It answers as the page of the search does and shows the best answers as options; its form
 * leads there, to all of them. Asks whenever its field says that its words changed.
 */
import type { Answer } from './answer.ts';
import { element } from './element.ts';
import { latestOnly } from './latest.ts';
import { loadSearch, notLoaded } from './load-search.ts';
import { type OptionList, optionList } from './option-list.ts';
import { renderFacets } from './render-facets.ts';
import { renderOptions } from './render-options.ts';
import { countFound, stateOfForm, TYPING_PAUSE_MS } from './search-form.ts';
import { type Facet, hasChoices, renderState } from './search-state.ts';

/** What the dialog narrows by; the page of the search has the other facets too. */
const NARROWED_BY: readonly Facet[] = ['collection', 'guest', 'area'];

interface Parts {
  readonly dialog: HTMLDialogElement;
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
  readonly close: HTMLButtonElement;
  readonly narrow: HTMLElement;
  readonly facets: HTMLElement;
  readonly status: HTMLElement;
}

/** The arrows choose an option, and Enter follows the chosen one; without one it sends the form. */
function chooseByKey(event: KeyboardEvent, options: OptionList): void {
  const active = options.active();
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    options.move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter' && active !== undefined) {
    event.preventDefault();
    active.click();
  }
}

function start({ dialog, form, field, close, narrow, facets, status }: Parts): void {
  const list = element('div', { id: 'search-options', role: 'listbox', 'aria-label': 'Results' });
  status.after(list);
  field.setAttribute('aria-controls', list.id);
  const options = optionList(field, list);
  options.replace([]);
  const showLatest = latestOnly();
  let typing: ReturnType<typeof setTimeout> | undefined;

  const draw = (answer: Answer, nodes: readonly Node[]) => {
    if (renderState(answer.state) !== renderState(stateOfForm(form))) return;
    renderFacets(facets, NARROWED_BY, answer);
    const chosen = facets.querySelectorAll(':checked').length;
    narrow.textContent = hasChoices(answer.state) ? `Narrow: ${chosen} chosen` : 'Narrow';
    options.replace(nodes);
    status.textContent = countFound(answer);
  };
  const find = async () => {
    const search = await loadSearch();
    const answer = await search(stateOfForm(form));
    return { answer, nodes: await renderOptions(answer) };
  };
  const ask = () => {
    const found = showLatest(find(), ({ answer, nodes }) => draw(answer, nodes));
    found.catch((error: unknown) => {
      status.textContent = notLoaded(error);
    });
  };

  field.addEventListener('input', () => {
    // What was found for other words goes at once, and is not shown later, so that Enter never opens it.
    options.replace([]);
    clearTimeout(typing);
    typing = setTimeout(ask, TYPING_PAUSE_MS);
  });
  field.addEventListener('keydown', (event) => chooseByKey(event, options));
  facets.addEventListener('change', ask);
  dialog.addEventListener('click', ({ target }) => {
    // A link to a place on this page leaves the page where it is; what is behind the dialog is the dialog itself.
    const followed = target instanceof Element && list.contains(target) && target.closest('a');
    if (followed || target === dialog || target === close) dialog.close();
  });
}

const dialog = document.querySelector<HTMLDialogElement>('#search-dialog');
const form = dialog?.querySelector('form');
const field = dialog?.querySelector<HTMLInputElement>('[role=combobox]');
const close = dialog?.querySelector<HTMLButtonElement>('button[type=button]');
const narrow = dialog?.querySelector('summary');
const facets = dialog?.querySelector<HTMLElement>('.search-facets');
const status = dialog?.querySelector<HTMLElement>('[role=status]');
if (dialog && form && field && close && narrow && facets && status) {
  start({ dialog, form, field, close, narrow, facets, status });
}
