// Before the first paint: a theme chosen by hand stands on the page, so that the night does not begin with a white flash.
try {
  const { theme } = JSON.parse(localStorage.getItem('buitenwacht.preferences') || '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
