import { tokens } from '#domain/tokens.ts';
import { dayWords, readDay } from './dates.ts';
import type { Field, FieldName, ProblemCode, QueryLanguage } from './query.ts';
import {
  closedValues,
  languageName,
  readAddress,
  readHost,
  readLanguage,
  readRating,
  usualLanguages,
} from './values.ts';

/** Only for an example of a date. */
const someYear = 2026;

type Read = Field | { wrong: ProblemCode; expected: string[] };
const wrong = (code: ProblemCode, expected: string[] = []): Read => ({ wrong: code, expected });

/** A field with what was written behind it, or why that is no value of it and what is. */
export function readField(name: FieldName, written: string, language: QueryLanguage): Read {
  const text = written.trim();
  switch (name) {
    case 'type': {
      const type = closedValues.type.read(text);
      return type ? { name, type } : wrong('value_unknown', closedValues.type.all(language));
    }
    case 'sentiment': {
      const tone = closedValues.sentiment.read(text);
      return tone ? { name, tone } : wrong('value_unknown', closedValues.sentiment.all(language));
    }
    case 'has': {
      const what = closedValues.has.read(text);
      return what ? { name, what } : wrong('value_unknown', closedValues.has.all(language));
    }
    case 'is': {
      const state = closedValues.is.read(text);
      return state ? { name, state } : wrong('value_unknown', closedValues.is.all(language));
    }
    case 'lang': {
      const code = readLanguage(text);
      const known = usualLanguages.map((each) => languageName(each, language));
      return code ? { name, code } : wrong('value_unknown', known);
    }
    case 'rating': {
      const rating = readRating(text);
      return rating ? { name, ...rating } : wrong('rating_unknown', ['3', '<3', '>3', '2..4']);
    }
    case 'site': {
      const host = readHost(text);
      return host ? { name, host } : wrong('host_unknown', ['nos.nl']);
    }
    case 'url':
    case 'link': {
      const address = readAddress(text);
      return address ? { name, address } : wrong('address_unknown', ['nos.nl/artikel']);
    }
    case 'before':
    case 'after':
    case 'when': {
      const day = readDay(text);
      return day ? { name, day } : wrong('date_unknown', dayWords(language, someYear));
    }
    case 'author':
      return tokens(text).length > 0 && !text.includes('*') ? { name, text } : wrong('author_unknown');
    default:
      return { name, called: text.replaceAll(/\s+/g, ' ') };
  }
}
