/**
 * Opens the conditions of a cell while the pointer or the focus is on it. Without scripts the button opens them; the
 * browser closes them on Escape or a click elsewhere.
 */
const DELAY = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

function popoverOf(cell: HTMLElement): HTMLElement | null {
  return cell.querySelector<HTMLElement>('[popover]');
}

function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('td[data-column]') : null;
}

function open(cell: HTMLElement): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const popover = popoverOf(cell);
    if (popover === null || popover.matches(':popover-open')) return;
    // Beside the whole cell, so that the link in it stays in reach.
    popover.showPopover({ source: cell });
  }, DELAY);
}

function close(cell: HTMLElement): void {
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
