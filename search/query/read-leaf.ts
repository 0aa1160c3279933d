import { fieldNames, fieldsIn } from './fields.ts';
import type { Lexeme } from './lexer.ts';
import { limits } from './limits.ts';
import type { Report } from './problems.ts';
import type { Leaf, Place, QueryLanguage } from './query.ts';
import { readField } from './read-field.ts';
import { type ReadWords, readPiece, readWords } from './words.ts';

/** A word, a phrase or a field out of its piece of the text; null when nothing of it can be searched for. */
export function readLeaf(lexeme: Lexeme, language: QueryLanguage, report: Report): Leaf | null {
  if (lexeme.kind === 'word') return readWord(lexeme, language, report);
  if (lexeme.kind === 'phrase') return readPhrase(lexeme, report);
  if (lexeme.kind !== 'field') return null;
  const { name, value } = lexeme;
  if (!value.isClosed) report('quote_open', { from: value.from - 1, to: value.to });
  const field = fieldNames[name][language];
  if (value.text.trim() === '') {
    const read = readField(name, '', language);
    report('value_missing', lexeme, { expected: 'wrong' in read ? read.expected : [], facts: { field } });
    return null;
  }
  const read = readField(name, value.text, language);
  if (!('wrong' in read)) return { kind: 'field', field: read };
  report(read.wrong, value, { expected: read.expected, facts: { field } });
  return null;
}

type Word = Extract<Lexeme, { kind: 'word' }>;
type Phrase = Extract<Lexeme, { kind: 'phrase' }>;
const facts = { letters: limits.prefixLetters };

function readWord(lexeme: Word, language: QueryLanguage, report: Report): Leaf | null {
  const hashtag = lexeme.text.startsWith('#');
  const { words, wrong } = readPiece(lexeme.text);
  if (wrong) report(wrong, lexeme, { facts });
  if (words.length === 0) return null;
  const name = /^([a-z]+):(?!\/\/)/i.exec(lexeme.text)?.[1];
  if (/^https?:\/\//i.test(lexeme.text))
    report('bare_address', lexeme, { expected: ['link:', fieldNames.url[language]] });
  else if (name && name.length + 1 < lexeme.text.length)
    report(
      'unknown_field',
      { from: lexeme.from, to: lexeme.from + name.length + 1 },
      { expected: fieldsIn(language), facts: { field: name } },
    );
  if (/~\d*$/.test(lexeme.text)) report('tilde', lexeme);
  return { kind: 'word', text: lexeme.text.slice(hashtag ? 1 : 0).replaceAll('*', ''), hashtag, words };
}

function readPhrase({ written, near, ...place }: Phrase, report: Report): Leaf | null {
  const { text } = written;
  const { words, wrong } = readWords(text);
  if (!written.isClosed) report('quote_open', place);
  if (wrong) report(wrong, place, { facts });
  else if (words.length === 0) report('nothing', place);
  if (words.length === 0) return null;
  if (near) return readNear(text, words, near, report, place);
  if (words.slice(0, -1).some(({ prefix }) => prefix)) report('star_place', place, { facts });
  return { kind: 'phrase', text, words };
}

function readNear(
  text: string,
  words: ReadWords['words'],
  near: Place & { text: string },
  report: Report,
  place: Place,
): Leaf {
  const ordered = near.text.startsWith('>');
  const written = ordered ? near.text.slice(1) : near.text;
  const most = /^\d{1,4}$/.test(written) ? Number(written) : Number.NaN;
  if (!(most <= limits.near)) report('near_number', near, { expected: ['~5', '~>5'], facts: { most: limits.near } });
  const [first, second] = words;
  if (words.length !== 2 || !first || !second) {
    report('near_words', place);
    return { kind: 'phrase', text, words };
  }
  return { kind: 'near', text, first, second, most: most <= limits.near ? most : limits.near, ordered };
}
