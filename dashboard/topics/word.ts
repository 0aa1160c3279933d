import type { Language } from '../preferences.ts';
import { languageName } from '../time.ts';

/** The fields that say where, as they are written in either language. */
const fields = { language: /^(?:taal|lang|language):/i, source: /^(?:bron|source):/i };

/** A word of the rows as people read it: quotes curled, a language by its name, a source by its own. */
export function wordName(word: string, language: Language): string {
  if (fields.language.test(word)) {
    const code = unquoted(word.replace(fields.language, ''));
    return languageName(code, language) ?? code;
  }
  if (fields.source.test(word)) return unquoted(word.replace(fields.source, ''));
  return /^".*"$/.test(word) ? `“${word.slice(1, -1)}”` : word;
}

/** A language or a source as a word of the rows. */
export const languageWord = (code: string, language: Language) => `${language === 'nl' ? 'taal' : 'lang'}:${code}`;
export const sourceWord = (label: string, language: Language) =>
  `${language === 'nl' ? 'bron' : 'source'}:"${label.replaceAll(/["“”„‟]/g, '')}"`;

/** What somebody typed as one word of the rows: several words are a phrase, and several behind a field its value. */
export function typedWord(typed: string): string {
  const said = typed.trim().replaceAll(/\s+/g, ' ');
  if (!/\s/.test(said) || /["“”„‟]/.test(said)) return said;
  return said.replace(/^(\p{L}+: ?)?(.*)$/u, (_, field = '', value) => `${field.trim()}"${value}"`);
}

const unquoted = (text: string) => text.replace(/^"(.*)"$/, '$1');
