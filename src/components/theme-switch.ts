/** The switch between light, dark and the system's theme. `public/theme.js` applies the choice before the page is drawn. */
const KEY = 'theme';
const select = document.querySelector<HTMLSelectElement>('#theme');

function store(theme: string): void {
  try {
    if (theme === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

if (select !== null) {
  const root = document.documentElement;
  select.value = root.getAttribute('data-theme') ?? '';
  select.closest('label')?.removeAttribute('hidden');
  select.addEventListener('change', () => {
    if (select.value === '') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', select.value);
    store(select.value);
  });
}
