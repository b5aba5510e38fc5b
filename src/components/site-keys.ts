/** `/` moves the focus to the search box, unless the reader is typing. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, select, textarea'))
  );
}

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  // The page that searches has a box of its own, which answers while one types.
  const box = document.querySelector<HTMLInputElement>('main input[type=search], #site-search');
  if (box === null) return;
  event.preventDefault();
  box.focus();
  box.select();
});
