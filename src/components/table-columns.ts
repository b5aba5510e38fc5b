/** Shows the cells whose `data-column` is in the set and hides the others; cells without one always show. */
export function showColumns(table: Element, columns: ReadonlySet<string>): void {
  table.classList.remove('columns-default');
  for (const cell of table.querySelectorAll<HTMLElement>('[data-column]')) {
    cell.hidden = !columns.has(cell.getAttribute('data-column') ?? '');
  }
}
