/**
 * `/`, Ctrl-K and a click on the field of the header open the search over the page. The dialog, its styles and its
 * script are those of the page of the search, which is read when they are asked for first. Until they are there, and
 * where they cannot be had, the field takes the words, and its form leads to that page.
 */
const field = document.querySelector<HTMLInputElement>('#site-search');
/** The page of the search has a field of its own, which answers while one types. */
const own = document.querySelector<HTMLInputElement>('#search-query');
let dialog: Promise<HTMLDialogElement> | undefined;

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

/** Adds a style sheet of another page, unless this page has it. */
async function addStyles({ href }: HTMLLinkElement): Promise<void> {
  const there = [...document.styleSheets].some((sheet) => sheet.href === href);
  if (there) return;
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', reject);
  });
  document.head.append(link);
  await loaded;
}

/** Takes the dialog from the page of the search and starts it here. */
async function loadDialog(address: string): Promise<HTMLDialogElement> {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const found = page.querySelector<HTMLDialogElement>('#search-dialog');
  const script = found?.querySelector('script');
  if (!found || !script) throw new Error(`${address} has no dialog`);
  script.remove();
  const links = page.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]');
  await Promise.all([...links].map(addStyles));
  document.body.append(found);
  try {
    await import(/* @vite-ignore */ script.src);
  } catch (error) {
    found.remove();
    throw error;
  }
  return found;
}

async function openOver(typed: HTMLInputElement, { action }: HTMLFormElement): Promise<void> {
  const from = document.activeElement;
  typed.focus();
  dialog ??= loadDialog(action);
  dialog.catch(() => {
    dialog = undefined;
  });
  const opened = await dialog;
  if (opened.open) return;
  // When the dialog is closed, the focus goes back to where it was.
  typed.blur();
  if (from instanceof HTMLElement) from.focus();
  opened.showModal();
  const words = opened.querySelector('input');
  if (words === null) return;
  if (typed.value === '') words.select();
  else words.value = typed.value;
  typed.value = '';
  words.dispatchEvent(new Event('input'));
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
