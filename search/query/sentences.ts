import { limits } from './limits.ts';
import type { Problem, ProblemCode, QueryLanguage } from './query.ts';

type Facts = Problem['facts'];
type Sentence = (facts: Facts) => string;

/** What is wrong with a query, and what to do about it. Names in them are what the asker wrote: text, never markup. */
const sentences: Record<ProblemCode, Record<QueryLanguage, Sentence>> = {
  too_long: {
    nl: ({ most, length }) => `Deze zoekvraag is ${length} tekens lang. Er passen er ${most}.`,
    en: ({ most, length }) => `This query has ${length} characters. There is room for ${most}.`,
  },
  too_deep: {
    nl: ({ most }) => `Hier staat te veel in elkaar. Het mag ${most} lagen diep zijn.`,
    en: ({ most }) => `This is nested too deeply. It may be ${most} layers deep.`,
  },
  too_many: {
    nl: ({ most }) =>
      `Dit zijn te veel woorden en velden. Het mogen er ${most} zijn, met die van andere zoekvragen erbij.`,
    en: ({ most }) => `These are too many words and fields. There may be ${most}, with those of other queries.`,
  },
  too_many_prefixes: {
    nl: ({ most }) => `Dit zijn te veel woorden met een sterretje. Het mogen er ${most} zijn.`,
    en: ({ most }) => `These are too many words with a star. There may be ${most}.`,
  },
  empty: {
    nl: () => 'Er staat nog niets. Schrijf minstens één woord.',
    en: () => 'There is nothing here yet. Write at least one word.',
  },
  nothing: {
    nl: () => 'Hier staat geen woord of cijfer om te zoeken.',
    en: () => 'There is no word or number to search for here.',
  },
  ignored: {
    nl: () => 'Op dit teken zoeken we niet.',
    en: () => 'This sign is not searched for.',
  },
  quote_open: {
    nl: () => 'Het aanhalingsteken aan het eind ontbreekt.',
    en: () => 'The closing quotation mark is missing.',
  },
  paren_open: {
    nl: () => 'Dit haakje gaat niet meer dicht. Zet er een ) bij.',
    en: () => 'This parenthesis is never closed. Add a ).',
  },
  paren_close: {
    nl: () => 'Bij dit haakje hoort geen haakje ervoor. Haal het weg.',
    en: () => 'Nothing was opened before this parenthesis. Remove it.',
  },
  paren_empty: {
    nl: () => 'Tussen deze haakjes staat niets.',
    en: () => 'There is nothing between these parentheses.',
  },
  operand_missing: {
    nl: () => 'Hier ontbreekt een woord. EN en OF staan tussen twee woorden, NIET staat voor een woord.',
    en: () => 'A word is missing here. AND and OR stand between two words, NOT stands before a word.',
  },
  mixed: {
    nl: () => 'EN gaat voor OF, dus dit hoort bij elkaar. Zet haakjes als je het anders bedoelt.',
    en: () => 'AND goes before OR, so this belongs together. Use parentheses if you mean something else.',
  },
  lowercase_operator: {
    nl: ({ word, operator }) => `We zoeken het woord “${word}”. Bedoel je de voorwaarde? Schrijf dan ${operator}.`,
    en: ({ word, operator }) => `We search for the word “${word}”. Do you mean the operator? Then write ${operator}.`,
  },
  star_alone: {
    nl: ({ letters }) => `Een sterretje alleen zoekt alles. Zet er minstens ${letters} letters voor.`,
    en: ({ letters }) => `A star by itself looks for everything. Put at least ${letters} letters before it.`,
  },
  star_place: {
    nl: () =>
      'Een sterretje staat alleen aan het eind van een woord, en tussen aanhalingstekens alleen bij het laatste.',
    en: () => 'A star only stands at the end of a word, and between quotation marks only after the last one.',
  },
  prefix_short: {
    nl: ({ letters }) => `Voor een sterretje staan minstens ${letters} letters of cijfers.`,
    en: ({ letters }) => `Put at least ${letters} letters or digits before a star.`,
  },
  tilde: {
    nl: () => 'Een ~ hoort achter twee woorden tussen aanhalingstekens: "brug sluis"~5.',
    en: () => 'A ~ belongs behind two words between quotation marks: "bridge lock"~5.',
  },
  near_words: {
    nl: () => 'Dicht bij elkaar zoeken gaat met precies twee woorden: "brug sluis"~5.',
    en: () => 'Searching close together takes exactly two words: "bridge lock"~5.',
  },
  near_number: {
    nl: ({ most }) => `Achter ~ hoort een getal van 0 tot ${most}: zoveel woorden mogen ertussen staan.`,
    en: ({ most }) => `After ~ comes a number from 0 to ${most}: so many words may stand in between.`,
  },
  bare_address: {
    nl: () => 'Zet voor een adres wat je zoekt: link: voor wie ernaar verwijst, adres: voor wat er zelf staat.',
    en: () => 'Say what you look for before an address: link: for who links to it, url: for what is there itself.',
  },
  unknown_field: {
    nl: ({ field }) => `Een veld “${field}” is er niet. Bedoel je de woorden zelf? Zet ze tussen aanhalingstekens.`,
    en: ({ field }) =>
      `There is no field “${field}”. Do you mean the words themselves? Put them between quotation marks.`,
  },
  value_missing: {
    nl: ({ field }) => `Achter ${field}: ontbreekt iets. Schrijf het er direct achter, zonder spatie.`,
    en: ({ field }) => `Something is missing after ${field}:. Write it right behind it, without a space.`,
  },
  value_group: {
    nl: ({ field }) => `Herhaal het veld voor elke waarde: (${field}:… OF ${field}:…).`,
    en: ({ field }) => `Repeat the field for each value: (${field}:… OR ${field}:…).`,
  },
  value_unknown: {
    nl: ({ field }) => `Dit kan niet achter ${field}: staan.`,
    en: ({ field }) => `This cannot stand after ${field}:.`,
  },
  date_unknown: {
    nl: () => 'Dit is geen dag die we kennen. Schrijf een dag als jaar-maand-dag, of bijvoorbeeld "vorige week".',
    en: () => 'This is no day we know. Write a day as year-month-day, or for instance "last week".',
  },
  rating_unknown: {
    nl: () => 'Een waardering is een getal van 1 tot en met 5, zoals 2, <3 of 2..4.',
    en: () => 'A rating is a number from 1 to 5, such as 2, <3 or 2..4.',
  },
  host_unknown: {
    nl: () => 'Dit is geen naam van een site. Schrijf die zoals in de adresbalk, bijvoorbeeld nos.nl.',
    en: () => 'This is no name of a site. Write it as in the address bar, for instance nos.nl.',
  },
  address_unknown: {
    nl: () => 'Dit is geen adres, of het is te diep. Schrijf een site met hoogstens acht delen erachter.',
    en: () => 'This is no address, or it is too deep. Write a site with at most eight parts behind it.',
  },
  author_unknown: {
    nl: () => 'Schrijf een naam of een deel ervan, zonder sterretje.',
    en: () => 'Write a name or a part of one, without a star.',
  },
  unknown_source: {
    nl: ({ name }) => `We volgen geen bron die “${name}” heet.`,
    en: ({ name }) => `We follow no source called “${name}”.`,
  },
  unknown_topic: {
    nl: ({ name }) => `Er is geen onderwerp dat “${name}” heet.`,
    en: ({ name }) => `There is no topic called “${name}”.`,
  },
  unknown_circle: {
    nl: ({ name }) => `Je zit niet in een kring die “${name}” heet.`,
    en: ({ name }) => `You are in no circle called “${name}”.`,
  },
  unknown_query: {
    nl: ({ name }) => `Er is geen zoekvraag die “${name}” heet.`,
    en: ({ name }) => `There is no query called “${name}”.`,
  },
  ring: {
    nl: ({ ring }) => `Deze zoekvraag verwijst naar zichzelf: ${ring}.`,
    en: ({ ring }) => `This query refers to itself: ${ring}.`,
  },
  inner: {
    nl: ({ name }) => `In de zoekvraag “${name}” zit een fout. Verbeter die eerst.`,
    en: ({ name }) => `There is a mistake in the query “${name}”. Correct that one first.`,
  },
  not_standing: {
    nl: ({ field }) =>
      `Een onderwerp kan niet letten op ${field} want dat verandert zonder dat er iets nieuws binnenkomt.`,
    en: ({ field }) => `A topic cannot watch ${field} because that changes without anything new coming in.`,
  },
  date_moves: {
    nl: () => 'Deze dag schuift elke dag op. Schrijf in een onderwerp een vaste dag: jaar-maand-dag.',
    en: () => 'This day moves on every day. In a topic, write a fixed day: year-month-day.',
  },
  only_not: {
    nl: () => 'Een onderwerp zoekt ook iets: zet er een woord of veld bij zonder NIET.',
    en: () => 'A topic looks for something too: add a word or field without NOT.',
  },
};

/** What is wrong, in one or two sentences for who asked. */
export function sentenceOf({ code, facts }: Pick<Problem, 'code' | 'facts'>, language: QueryLanguage): string {
  return sentences[code][language]({ letters: limits.prefixLetters, ...facts });
}
