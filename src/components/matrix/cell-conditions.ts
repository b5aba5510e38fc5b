/**
 * Shows the conditions of a cell while the pointer or the focus is on it. They are those of the feature’s page, which is
 * read when they are asked for first: the matrix holds no second copy of them. Where the page cannot be read, the link
 * of the cell still leads there.
 */
import { featurePage } from './feature-pages.ts';

const DELAY = 250;
const popover = Object.assign(document.createElement('div'), {
  className: 'cell-conditions',
  popover: 'auto',
});
let timer: ReturnType<typeof setTimeout> | undefined;

/** The list of handlings that the page of the feature has for the guest type that the link names. */
async function handlingsAt({ pathname, hash }: HTMLAnchorElement): Promise<Node | undefined> {
  const page = await featurePage(pathname);
  const list = page.getElementById(hash.slice(1))?.closest('tr')?.querySelector('.handlings');
  if (list === null || list === undefined) return undefined;
  const copy = document.importNode(list, true);
  for (const link of copy.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    link.setAttribute('href', `${pathname}${link.getAttribute('href')}`);
  }
  return copy;
}

function cellOf(target: EventTarget | null): HTMLElement | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('td[data-column]') : null;
  return cell?.querySelector('.cell-more') === null ? null : cell;
}

function isLookedAt(cell: HTMLElement): boolean {
  return cell.matches(':hover') || cell.contains(document.activeElement);
}

async function show(cell: HTMLElement): Promise<void> {
  const link = cell.querySelector<HTMLAnchorElement>('.cell');
  if (link === null || (cell.contains(popover) && popover.matches(':popover-open'))) return;
  const handlings = await handlingsAt(link).catch(() => undefined);
  if (handlings === undefined || !isLookedAt(cell)) return;
  popover.replaceChildren(handlings);
  // In the cell, so that the next stop of the tabulator is in it; beside all of it, so that its link stays in reach.
  cell.append(popover);
  popover.showPopover({ source: cell });
}

function open(cell: HTMLElement): void {
  clearTimeout(timer);
  timer = setTimeout(() => show(cell), DELAY);
}

function close(cell: HTMLElement): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (cell.contains(popover) && !isLookedAt(cell)) popover.hidePopover();
  }, DELAY);
}

// From a folder, browsers let no page read another.
const table =
  location.protocol === 'file:' ? null : document.querySelector<HTMLTableElement>('#matrix');
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
