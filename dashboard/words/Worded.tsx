import { createContext, type ReactNode, use, useContext, useEffect, useState } from 'react';
import { type Language, usePreferences } from '../preferences.ts';
import type { Words } from './nl.ts';
import type { FirstWords } from './nl-first.ts';
import type { MoreWords } from './nl-more.ts';

type Spoken = { language: Language; firstWords: FirstWords };
const Context = createContext<Spoken | null>(null);

// Each language has two chunks: a reader fetches one language, and waits for its first chunk alone.
const load: Record<Language, { first: () => Promise<FirstWords>; more: () => Promise<MoreWords> }> = {
  nl: {
    first: async () => (await import('./nl-first.ts')).nlFirst,
    more: async () => (await import('./nl-more.ts')).nlMore,
  },
  en: {
    first: async () => (await import('./en-first.ts')).enFirst,
    more: async () => (await import('./en-more.ts')).enMore,
  },
};

/** Draws its children once the first words of the chosen language are there, and keeps the old ones until all new have come. */
export function Worded({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  useEffect(() => {
    let wanted = true;
    const speak = async () => {
      const firstWords = await load[language].first();
      if (wanted) setSpoken((now) => now ?? { language, firstWords });
      await allWords(language);
      if (wanted) setSpoken({ language, firstWords });
    };
    speak().catch((error: unknown) => {
      // Chosen again, it is asked for again.
      asked.delete(language);
      console.error('the words could not be loaded', error);
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return spoken && <Context value={spoken}>{children}</Context>;
}

const asked = new Map<Language, Promise<Words>>();

/** Everything that is said in a language, asked for once. */
function allWords(language: Language): Promise<Words> {
  const before = asked.get(language);
  if (before) return before;
  const words: Promise<Words> & { status?: string; value?: Words } = Promise.all([
    load[language].first(),
    load[language].more(),
  ]).then(([first, more]) => {
    // What React looks at: once they are there, nothing that is drawn with them waits a moment first.
    words.status = 'fulfilled';
    words.value = { ...first, ...more };
    return words.value;
  });
  asked.set(language, words);
  return words;
}

function useSpokenNow(): Spoken {
  const spoken = useContext(Context);
  if (!spoken) throw new Error('useWords stands outside <Worded>');
  return spoken;
}

/** The words of the chosen language that the first screen is drawn with. */
export function useFirstWords(): FirstWords {
  return useSpokenNow().firstWords;
}

/** The chosen language. */
export function useLanguage(): Language {
  return useSpokenNow().language;
}

/** All words of the chosen language; what is drawn with them waits until they are there. */
export function useWords(): Words {
  return use(allWords(useSpokenNow().language));
}

/** The chosen language and all its words. */
export function useSpoken(): { language: Language; words: Words } {
  return { language: useLanguage(), words: useWords() };
}
