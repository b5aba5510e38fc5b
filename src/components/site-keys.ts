/**
 * `/`, Ctrl-K and a click on the field of the header open the search, whose code is loaded then. Until it is there, and
 * where it cannot be loaded, the field takes the words, and its form leads to the page of the search.
 */
const field = document.querySelector<HTMLInputElement>('#site-search');
/** The page of the search has a field of its own, which answers while one types. */
const own = document.querySelector<HTMLInputElement>('#search-query');

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, select, textarea'))
  );
}

/** Whether the keys ask for the search; `/` is a letter where the reader types. */
function asksForSearch({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (altKey) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'k';
  return key === '/' && !isTyping(target);
}

async function openOver(field: HTMLInputElement, form: HTMLFormElement): Promise<void> {
  const from = document.activeElement;
  field.focus();
  const { openSearch } = await import('../search/search-dialog.ts');
  field.blur();
  if (from instanceof HTMLElement) from.focus();
  openSearch(form.action, field.value);
  field.value = '';
}

function open(): void {
  if (own !== null) {
    own.focus();
    own.select();
  } else if (field?.form) {
    openOver(field, field.form).catch(() => field.focus());
  }
}

document.addEventListener('keydown', (event) => {
  if (!asksForSearch(event) || (field ?? own) === null) return;
  event.preventDefault();
  open();
});
field?.addEventListener('click', () => {
  if (own === null) open();
});
