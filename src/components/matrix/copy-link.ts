/**
 * One button for the links to all rows and cells: it stands in the cell that the pointer or the focus is on. The link
 * holds the view, and goes into the address of the page as well, where readers find it when nothing may be copied.
 */
const WORDS = 'Copy the link to this';
const SAID_MS = 2000;

function placeOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('td[id], tr[id] > th') : null;
}

/** Whether the text could be copied. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** `addressOf` gives the address of the view, without an anchor. */
export function offerLinks(table: HTMLTableElement, addressOf: () => string): void {
  const button = document.createElement('button');
  const said = document.createElement('span');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reset = (place: HTMLElement) => {
    clearTimeout(timer);
    button.textContent = '#';
    button.setAttribute('aria-label', `${WORDS} ${place.localName === 'th' ? 'row' : 'cell'}`);
  };
  button.type = 'button';
  button.className = 'copy-link';
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  table.before(said);

  const follow = ({ target }: Event) => {
    const place = placeOf(target);
    if (place === null || place.contains(button)) return;
    reset(place);
    place.append(button);
  };
  table.addEventListener('pointerover', follow);
  table.addEventListener('focusin', follow);
  table.addEventListener('pointerleave', ({ pointerType }) => {
    // A finger leaves the table whenever it is lifted.
    if (pointerType === 'mouse' && document.activeElement !== button) button.remove();
  });
  button.addEventListener('click', async () => {
    const place = button.parentElement;
    const id = place?.id || place?.parentElement?.id;
    if (!place || !id) return;
    history.replaceState(null, '', `${addressOf()}#${id}`);
    const copied = await copy(location.href);
    said.textContent = copied
      ? 'Link copied'
      : 'Nothing may be copied here: the address of the page is the link';
    button.textContent = copied ? 'Copied' : 'In the address';
    timer = setTimeout(() => {
      reset(place);
      said.textContent = '';
    }, SAID_MS);
  });
}
