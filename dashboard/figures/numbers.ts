import type { Language } from '../preferences.ts';

const formats = { nl: new Intl.NumberFormat('nl'), en: new Intl.NumberFormat('en-GB') };

/** A count with the separators of the language. */
export function numberOf(n: number, language: Language): string {
  return formats[language].format(n);
}
