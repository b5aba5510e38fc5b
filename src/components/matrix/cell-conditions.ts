/**
 * Opens the conditions of a cell while the pointer or the focus is on it. Without scripts the button opens them; the
 * browser closes them on Escape or a click elsewhere.
 */
const DELAY = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

function popoverOf(cell: Element): HTMLElement | null {
  return cell.querySelector<HTMLElement>('[popover]');
}

function cellOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('td[data-column]') : null;
}

function open(cell: Element): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const popover = popoverOf(cell);
    const source = cell.querySelector<HTMLElement>('[popovertarget]');
    if (popover === null || source === null || popover.matches(':popover-open')) return;
    popover.showPopover({ source });
  }, DELAY);
}

function close(cell: Element): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (cell.matches(':hover') || cell.contains(document.activeElement)) return;
    popoverOf(cell)?.hidePopover();
  }, DELAY);
}

const table = document.querySelector<HTMLTableElement>('#matrix');
table?.addEventListener('pointerover', (event) => {
  const cell = cellOf(event.target);
  if (cell !== null && event.pointerType === 'mouse') open(cell);
});
table?.addEventListener('pointerout', (event) => {
  const cell = cellOf(event.target);
  if (cell !== null && cellOf(event.relatedTarget) !== cell) close(cell);
});
table?.addEventListener('focusin', (event) => {
  const cell = cellOf(event.target);
  if (cell !== null) open(cell);
});
table?.addEventListener('focusout', (event) => {
  const cell = cellOf(event.target);
  if (cell !== null) close(cell);
});
