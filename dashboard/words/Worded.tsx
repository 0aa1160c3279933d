import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Language, usePreferences } from '../preferences.ts';
import type { Words } from './nl.ts';

const Context = createContext<{ language: Language; words: Words } | null>(null);

// Each language is a chunk of its own: a reader fetches one.
const load: Record<Language, () => Promise<Words>> = {
  nl: async () => (await import('./nl.ts')).nl,
  en: async () => (await import('./en.ts')).en,
};

/** Draws its children once the words of the chosen language are there, and keeps the old ones until the new have come. */
export function Worded({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const [spoken, setSpoken] = useState<{ language: Language; words: Words } | null>(null);
  useEffect(() => {
    let wanted = true;
    load[language]().then(
      (words) => wanted && setSpoken({ language, words }),
      (error: unknown) => console.error('the words could not be loaded', error),
    );
    return () => {
      wanted = false;
    };
  }, [language]);
  return spoken && <Context value={spoken}>{children}</Context>;
}

/** The words of the chosen language. */
export function useWords(): Words {
  return useSpoken().words;
}

/** The chosen language and its words. */
export function useSpoken(): { language: Language; words: Words } {
  const spoken = useContext(Context);
  if (!spoken) throw new Error('useWords stands outside <Worded>');
  return spoken;
}
