/** Shows the columns whose boxes are ticked. The columns that a table shows at first are hidden by the style sheet. */
import { showColumns } from './table-columns.ts';

for (const picker of document.querySelectorAll<HTMLFieldSetElement>('[data-columns-of]')) {
  const table = document.querySelector(
    `#${CSS.escape(picker.getAttribute('data-columns-of') ?? '')}`,
  );
  if (table === null) continue;
  picker.addEventListener('change', () => {
    const boxes = [...picker.querySelectorAll<HTMLInputElement>('input[name=columns]')];
    showColumns(table, new Set(boxes.filter((box) => box.checked).map((box) => box.value)));
  });
}
