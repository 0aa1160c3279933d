import { fieldNames, fieldsIn } from './fields.ts';
import type { Lexeme } from './lexer.ts';
import { limits } from './limits.ts';
import type { Report } from './problems.ts';
import type { Leaf, Place, QueryLanguage } from './query.ts';
import { readField } from './read-field.ts';
import { looksLikeAddress, looksLikeField, looksLikeNear, type ReadWords, readWords } from './words.ts';

/** A word, a phrase or a field out of its piece of the text; null when nothing of it can be searched for. */
export function readLeaf(
  lexeme: Lexeme,
  next: Lexeme | undefined,
  language: QueryLanguage,
  report: Report,
): Leaf | null {
  if (lexeme.kind === 'word') return readWord(lexeme, language, report);
  if (lexeme.kind === 'phrase') return readPhrase(lexeme, report);
  return lexeme.kind === 'field' ? readFieldAt(lexeme, next, language, report) : null;
}

type Word = Extract<Lexeme, { kind: 'word' }>;
type Phrase = Extract<Lexeme, { kind: 'phrase' }>;
type FieldAt = Extract<Lexeme, { kind: 'field' }>;
const facts = { letters: limits.prefixLetters };

function readFieldAt(lexeme: FieldAt, next: Lexeme | undefined, language: QueryLanguage, report: Report): Leaf | null {
  const { name, value } = lexeme;
  if (!value.isClosed) report('quote_open', { from: value.from - 1, to: value.to });
  const field = fieldNames[name][language];
  if (value.text.trim() === '') {
    const read = readField(name, '', language);
    const isGroup = next?.kind === 'open' && next.from === lexeme.to;
    report(isGroup ? 'value_group' : 'value_missing', lexeme, {
      expected: 'wrong' in read ? read.expected : [],
      facts: { field },
    });
    return null;
  }
  const read = readField(name, value.text, language);
  if (!('wrong' in read)) return { kind: 'field', field: read };
  report(read.wrong, value, { expected: read.expected, facts: { field } });
  return null;
}

function readWord(lexeme: Word, language: QueryLanguage, report: Report): Leaf | null {
  const hashtag = lexeme.text.startsWith('#');
  const { words, wrong } = lexeme.read;
  if (wrong) report(wrong, lexeme, { facts });
  if (words.length === 0) return null;
  if (looksLikeAddress(lexeme.text))
    report('bare_address', lexeme, { expected: ['link:', `${fieldNames.url[language]}:`] });
  else if (looksLikeField(lexeme.text)) {
    const field = lexeme.text.slice(0, lexeme.text.indexOf(':'));
    const place = { from: lexeme.from, to: lexeme.from + field.length + 1 };
    report('unknown_field', place, { expected: fieldsIn(language), facts: { field } });
  }
  if (looksLikeNear(lexeme.text)) report('tilde', lexeme);
  return { kind: 'word', text: lexeme.text.slice(hashtag ? 1 : 0).replaceAll('*', ''), hashtag, words };
}

function readPhrase({ written, near, ...place }: Phrase, report: Report): Leaf | null {
  const { words, wrong } = readWords(written.text);
  if (!written.isClosed) report('quote_open', place);
  // Close together either of both may be the beginning of a word, in a row only the last.
  const isMisplaced = !near && words.slice(0, -1).some(({ prefix }) => prefix);
  const star = wrong ?? (isMisplaced ? 'star_place' : null);
  if (star) report(star, place, { facts });
  else if (words.length === 0) report('nothing', place);
  if (words.length === 0) return null;
  const { text } = written;
  const read = star ? withoutStars(text, words) : { text, words };
  return near ? readNear(read, near, report, place) : { kind: 'phrase', ...read };
}

/** The best reading of stars that mean nothing. */
const withoutStars = (text: string, words: ReadWords['words']) => ({
  text: text.replaceAll('*', ''),
  words: words.map((word) => ({ ...word, prefix: false })),
});

function readNear(
  { text, words }: { text: string; words: ReadWords['words'] },
  near: Place & { text: string },
  report: Report,
  place: Place,
): Leaf {
  const ordered = near.text.startsWith('>');
  const written = ordered ? near.text.slice(1) : near.text;
  const most = /^\d{1,4}$/.test(written) ? Number(written) : Number.NaN;
  const isFar = !(most <= limits.near);
  if (isFar) report('near_number', near, { expected: ['~5', '~>5'], facts: { most: limits.near } });
  const [first, second] = words;
  if (words.length === 2 && first && second)
    return { kind: 'near', text, first, second, most: isFar ? limits.near : most, ordered };
  report('near_words', place);
  return { kind: 'phrase', ...withoutStars(text, words) };
}
