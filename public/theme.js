// Applies the theme that the reader chose before the page is drawn; without a choice the system's theme holds.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden.
}
