// Says that scripts run, and whether the page was opened from a folder; applies the theme that the reader chose before the page is drawn; without a choice the system's theme holds.
document.documentElement.setAttribute('data-scripts', '');
if (location.protocol === 'file:') document.documentElement.setAttribute('data-from-folder', '');
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden.
}
