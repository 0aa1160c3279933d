import { expect, test } from 'vitest';
import { parse } from './parse.ts';
import { print } from './print.ts';
import type { Query } from './query.ts';

/** How a text is read, printed in Dutch with every parenthesis that decides. */
function read(text: string): string {
  const { query, problems } = parse(text, { language: 'nl' });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return query ? print(query, 'nl') : '';
}
/** What is wrong, and with which part of the text. */
const wrong = (text: string) =>
  parse(text, { language: 'nl' })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, from, to }) => [code, text.slice(from, to)]);
const notes = (text: string) =>
  parse(text, { language: 'en' })
    .problems.filter(({ severity }) => severity === 'note')
    .map(({ code, from, to }) => [code, text.slice(from, to)]);
const best = (text: string) => {
  const { query } = parse(text, { language: 'nl' });
  return query && print(query, 'nl');
};
const words = (query: Query | null) => (query && 'words' in query ? query.words : null);
const wordsIn = (text: string) => words(parse(text, { language: 'nl' }).query)?.map(({ text }) => text);

test('words side by side are all wanted, and AND goes before OR', () => {
  expect(read('brug sluis')).toBe('brug EN sluis');
  expect(read('brug AND sluis')).toBe('brug EN sluis');
  expect(read('a OR b c OF d')).toBe('a OF (b EN c) OF d');
  expect(read('(a OR b) c')).toBe('(a OF b) EN c');
  expect(read('((a)) AND (b AND (c))')).toBe('a EN b EN c');
  expect(read('')).toBe('');
  expect(read(' \u00a0\n')).toBe('');
});

test('operators are only operators in capitals, of either language', () => {
  expect(read('brug of sluis')).toBe('brug EN of EN sluis');
  expect(read('brug OF NIET sluis')).toBe('brug OF NIET sluis');
  expect(read('Brug NOT Sluis')).toBe('Brug NIET Sluis');
  expect(read('"AND" Of')).toBe('"AND" EN Of');
});

test('a minus belongs to what follows, and a dash by itself is ignored', () => {
  expect(read('brug -sluis -"te koop" -(a b) -taal:en')).toBe(
    'brug NIET sluis NIET "te koop" NIET (a EN b) NIET taal:en',
  );
  expect(read('brug - sluis & co')).toBe('brug EN sluis EN co');
  expect(read('--brug')).toBe('brug');
  expect(read('NOT NOT NOT (NOT brug)')).toBe('brug');
});

test('case, accents and hyphens are those of the one tokenizer', () => {
  expect(wordsIn('Één')).toEqual(['een']);
  expect(wordsIn('Sluis-brug')).toEqual(['sluis', 'brug']);
  expect(wordsIn('#Sluisbrug')).toEqual(['sluisbrug']);
  expect(wordsIn('“Brug bij de SLUIS”')).toEqual(['brug', 'bij', 'de', 'sluis']);
  expect(wordsIn('10:30')).toEqual(['10', '30']);
});

test('a star makes the last word the beginning of words', () => {
  const prefixes = (text: string) => words(parse(text, { language: 'nl' }).query)?.map(({ prefix }) => prefix);
  expect(prefixes('klacht*')).toEqual([true]);
  expect(prefixes('sluis-bru*')).toEqual([false, true]);
  expect(prefixes('"brug bij de slui*"')).toEqual([false, false, false, true]);
  expect(prefixes('cafe\u0301*')).toEqual([true]);
  expect(wrong('*')).toEqual([['star_alone', '*']]);
  expect(wrong('"*"')).toEqual([['star_alone', '"*"']]);
  expect(wrong('brug OR ** ')).toEqual([['star_alone', '**']]);
  expect(wrong('b*')).toEqual([['prefix_short', 'b*']]);
  expect(wrong('sluis-b*')).toEqual([['prefix_short', 'sluis-b*']]);
  expect(wrong('br*g *brug brug** brug-*')).toEqual([
    ['star_place', 'br*g'],
    ['star_place', '*brug'],
    ['star_place', 'brug**'],
    ['star_place', 'brug-*'],
  ]);
  expect(wrong('"sluis* brug"')).toEqual([['star_place', '"sluis* brug"']]);
});

test('two words close together, in any order or in this one', () => {
  const near = (text: string) => {
    const { query, problems } = parse(text, { language: 'nl' });
    expect(problems).toEqual([]);
    return query;
  };
  expect(near('"brug sluis"~5')).toMatchObject({ kind: 'near', most: 5, ordered: false, first: { text: 'brug' } });
  expect(near('"klacht* brug"~>0')).toMatchObject({ kind: 'near', most: 0, ordered: true, first: { prefix: true } });
  expect(wrong('"brug"~5')).toEqual([['near_words', '"brug"~5']]);
  expect(wrong('"brug bij sluis"~5')).toEqual([['near_words', '"brug bij sluis"~5']]);
  expect(wrong('"brug sluis"~11')).toEqual([['near_number', '~11']]);
  expect(wrong('"brug sluis"~')).toEqual([['near_number', '~']]);
  expect(wrong('"brug sluis"~-1')).toEqual([['near_number', '~-1']]);
  expect(wrong('brug~2')).toEqual([['tilde', 'brug~2']]);
});

test('fields are known in both languages, and printed in the one of the reader', () => {
  expect(read('lang:nl bron:"Omroep Waardstreek" author:"Jan Jansen"')).toBe(
    'taal:nl bron:"Omroep Waardstreek" auteur:"Jan Jansen"',
  );
  expect(read('sentiment:negative Taal:Engels type:review is:answered has:photo')).toBe(
    'sentiment:negatief taal:en soort:recensie is:beantwoord heeft:beeld',
  );
  expect(read('waardering:<3 rating:>=4 rating:2..4 rating:3')).toBe(
    'waardering:1..2 waardering:4..5 waardering:2..4 waardering:3',
  );
  expect(read('taal:nl-BE site:https://www.NOS.nl/ link:http://www.nos.nl/Artikel/?a=b#c')).toBe(
    'taal:nl site:nos.nl link:nos.nl/artikel',
  );
  expect(read('kring:"Verkeer" onderwerp:Sluis zoekvraag:mijn')).toBe('in:Verkeer onderwerp:Sluis zoekvraag:mijn');
  expect(read('in:"a  b" url:"nl.wikipedia.org/wiki/Brug_(weg)"')).toBe(
    'in:"a b" adres:"nl.wikipedia.org/wiki/brug_(weg)"',
  );
});

test('a value that a field cannot have says which it can', () => {
  const { problems } = parse('brug sentiment:boos', { language: 'nl' });
  expect(problems).toEqual([
    {
      code: 'value_unknown',
      severity: 'error',
      from: 15,
      to: 19,
      expected: ['negatief', 'neutraal', 'positief', 'onduidelijk'],
      facts: { field: 'sentiment' },
    },
  ]);
  expect(parse('lang:gibberish', { language: 'en' }).problems[0]!.expected.slice(0, 2)).toEqual(['Dutch', 'English']);
  expect(wrong('rating:6 waardering:>5 voor:morgen na:2026-02-30 site:brug site:*.nl')).toEqual([
    ['rating_unknown', '6'],
    ['rating_unknown', '>5'],
    ['date_unknown', 'morgen'],
    ['date_unknown', '2026-02-30'],
    ['host_unknown', 'brug'],
    ['host_unknown', '*.nl'],
  ]);
  expect(wrong('link:a.nl/1/2/3/4/5/6/7/8/9 auteur:jan*')).toEqual([
    ['address_unknown', 'a.nl/1/2/3/4/5/6/7/8/9'],
    ['author_unknown', 'jan*'],
  ]);
  expect(wrong('taal: nl')).toEqual([['value_missing', 'taal:']]);
  expect(wrong('taal:""')).toEqual([['value_missing', 'taal:""']]);
  expect(wrong('taal:(nl OF en)')).toEqual([['value_group', 'taal:']]);
});

test('a field that does not exist, and an address by itself, are no words', () => {
  expect(wrong('tael:nl')).toEqual([['unknown_field', 'tael:']]);
  expect(parse('tael:nl', { language: 'nl' }).problems[0]!.expected).toContain('taal:');
  expect(wrong('https://nos.nl/x')).toEqual([['bare_address', 'https://nos.nl/x']]);
  expect(wrong('__proto__:x constructor:x')).toEqual([['unknown_field', 'constructor:']]);
  expect(read('"tael:nl" __proto__ constructor')).toBe('"tael:nl" EN __proto__ EN constructor');
});

test('whoever is still typing gets the best reading beside what is missing', () => {
  expect(best('(brug OF')).toBe('brug');
  expect(wrong('(brug OF')).toEqual([
    ['paren_open', '('],
    ['operand_missing', 'OF'],
  ]);
  expect(best('brug "te ko')).toBe('brug EN "te ko"');
  expect(wrong('brug "te ko')).toEqual([['quote_open', '"te ko']]);
  expect(best('brug) sluis')).toBe('brug EN sluis');
  expect(wrong('brug) sluis')).toEqual([['paren_close', ')']]);
  expect(wrong('brug ( ) sluis')).toEqual([['paren_empty', '( )']]);
  expect(wrong('OF brug')).toEqual([['operand_missing', 'OF']]);
  expect(wrong('brug EN')).toEqual([['operand_missing', 'EN']]);
  expect(wrong('brug EN EN sluis')).toEqual([['operand_missing', 'EN']]);
  expect(wrong('brug OF OF sluis')).toEqual([['operand_missing', 'OF']]);
  expect(wrong('brug NIET')).toEqual([['operand_missing', 'NIET']]);
  expect(wrong('brug EN OF sluis')).toEqual([['operand_missing', 'EN']]);
  expect(best('brug taal:')).toBe('brug');
  expect(wrong('bron:"Omroep')).toEqual([['quote_open', '"Omroep']]);
});

test('notes tell how a query was read, and refuse nothing', () => {
  expect(notes('brug OR sluis dicht')).toEqual([['mixed', 'sluis dicht']]);
  expect(notes('brug OR (sluis dicht)')).toEqual([]);
  expect(notes('brug of sluis')).toEqual([['lowercase_operator', 'of']]);
  expect(notes('koffie & thee 😡')).toEqual([
    ['ignored', '&'],
    ['ignored', '😡'],
  ]);
  expect(wrong('& 😡')).toEqual([['nothing', '& 😡']]);
});

test('of what is wrong in many places fifty are told, and notes hide no error', () => {
  expect(parse(')'.repeat(200), { language: 'nl' }).problems).toHaveLength(50);
  const { problems } = parse(`${'& '.repeat(200)} brug )`, { language: 'nl' });
  expect(problems).toHaveLength(51);
  expect(wrong(`${'& '.repeat(200)} brug )`)).toEqual([['paren_close', ')']]);
});

test('every piece of the text has a colour', () => {
  const text = '-(brug OF "a b"~>3) taal:nl bron:"x y" & "z"';
  expect(parse(text, { language: 'nl' }).tokens.map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([
    ['operator', '-'],
    ['parenthesis', '('],
    ['word', 'brug'],
    ['operator', 'OF'],
    ['phrase', '"a b"'],
    ['proximity', '~>3'],
    ['parenthesis', ')'],
    ['field', 'taal:'],
    ['value', 'nl'],
    ['field', 'bron:'],
    ['value', '"x y"'],
    ['ignored', '&'],
    ['phrase', '"z"'],
  ]);
});
