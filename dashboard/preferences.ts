import { useSyncExternalStore } from 'react';

/**
 * What a reader chose, as this browser knows it. Language and theme are of whoever signs in and go to the server with them
 * (frame/OwnChoices.tsx); the rest never leaves the browser.
 */
export type Preferences = {
  language: Language;
  theme: 'system' | 'light' | 'dark';
  density: 'roomy' | 'compact';
  /** Keys of one letter can be in the way of speech input: they can be turned off (WCAG 2.1.4). */
  shortcuts: 'on' | 'off';
};
export type Language = 'nl' | 'en';

const storageKey = 'buitenwacht.preferences';
const listeners = new Set<() => void>();
let current = read();

/** The preferences as they are now, followed in every tab. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

export function preferences(): Preferences {
  return current;
}

/** Changes and keeps part of the preferences. */
export function prefer(changed: Partial<Preferences>): void {
  current = { ...current, ...changed };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still shows what was chosen until the page closes.
  }
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  document.documentElement.lang = current.language;
  if (current.theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current.theme;
  for (const listener of listeners) listener();
}

function read(): Preferences {
  let kept: Record<string, unknown> = {};
  try {
    kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}') ?? {};
  } catch {
    // Unreadable counts as nothing chosen.
  }
  const oneOf = <T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T =>
    allowed.find((word) => word === value) ?? otherwise;
  return {
    language: oneOf(kept.language, ['nl', 'en'], navigator.language.toLowerCase().startsWith('en') ? 'en' : 'nl'),
    theme: oneOf(kept.theme, ['system', 'light', 'dark'], 'system'),
    density: oneOf(kept.density, ['roomy', 'compact'], 'roomy'),
    shortcuts: oneOf(kept.shortcuts, ['on', 'off'], 'on'),
  };
}

window.addEventListener('storage', (event) => {
  if (event.key !== storageKey) return;
  current = read();
  tell();
});
tell();
