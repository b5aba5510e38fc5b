/** Hides the rows of a table that do not hold every word of its filter box, and counts what is left. */
function rowHolds(row: HTMLTableRowElement, words: readonly string[]): boolean {
  const text = row.textContent.toLowerCase();
  return words.every((word) => text.includes(word));
}

function filter(table: HTMLTableElement, typed: string): string {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  for (const row of rows) row.hidden = !rowHolds(row, words);
  const shown = rows.filter((row) => !row.hidden).length;
  return words.length === 0 ? '' : `${shown} of ${rows.length} shown`;
}

for (const box of document.querySelectorAll<HTMLInputElement>('input[data-filters]')) {
  const id = box.getAttribute('data-filters') ?? '';
  const table = document.querySelector<HTMLTableElement>(`#${CSS.escape(id)}`);
  const count = document.querySelector<HTMLOutputElement>(`[data-counts="${CSS.escape(id)}"]`);
  const update = () => {
    if (table === null) return;
    const words = filter(table, box.value);
    if (count !== null) count.value = words;
  };
  box.addEventListener('input', update);
  // A box may come back filled when the reader goes back to the page.
  update();
}
