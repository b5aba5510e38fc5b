/** `?` opens and closes the legend above the matrix, unless the reader is typing. */
const legend = document.querySelector<HTMLDetailsElement>('#key');

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.matches('input, select, textarea');
  if (event.key !== '?' || typing || legend === null) return;
  legend.open = !legend.open;
  if (legend.open) legend.querySelector('summary')?.focus();
});
