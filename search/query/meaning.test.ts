import { expect, test } from 'vitest';
import { type MentionSaid, mentionDocument, replyDocument } from '#domain/search-document.ts';
import { stemsOf } from '#domain/stems.ts';
import { matches } from '#search/match/matches.ts';
import { noNames } from './names.ts';
import { readQuery } from './read-query.ts';
import type { Use } from './to-plain.ts';

/** What queries mean, from the text somebody types to what is found (docs/query-language.md). */
const said: MentionSaid = {
  kind: 'review',
  sourceId: 12,
  sourceHost: 'krant.example',
  url: 'https://www.Nieuws.krant.example/Stad/brug?utm_source=x',
  title: 'Sluisbrug dicht',
  html: '<p>De <a href="https://www.lindewaard.example/omleiding/">omleiding</a></p><blockquote>Zo.</blockquote>',
  text: 'De omleiding langs de sluis-brug is één ramp. Klachtenlijn: AT&T #brugdicht',
  authorName: 'Jan Jansen',
  authorHandle: '@jj@social.example',
  language: 'nl',
  tone: -1,
  rating: { value: 4, best: 10 },
  media: [{ type: 'image' }],
  isEdited: true,
  sortAt: Date.parse('2026-11-22T23:30:00Z'),
};
const mention = mentionDocument(said);
const reply = replyDocument({
  title: null,
  text: 'Wie heeft nog vragen?',
  authorName: 'Samira',
  hasQuote: true,
  isEdited: false,
  sortAt: Date.parse('2026-11-23T11:00:00Z'),
});

const names = { ...noNames, sources: () => [12] };
const now = new Date('2026-11-23T12:00:00Z');
function finds(text: string, { use = 'standing' as Use, document = mention } = {}): boolean {
  const read = readQuery(text, { names, now, timeZone: 'Europe/Amsterdam', use, stemsOf, language: 'nl' });
  if (read.kind === 'refused') throw new Error(`${text}: ${JSON.stringify(read.problems)}`);
  return matches(read.plain, document);
}

test.each([
  'omleiding',
  'OMLEIDING EN een',
  'een EN ramp',
  'Sluis-brug',
  'sluis-bru*',
  '"sluis brug"',
  'klacht*',
  '"langs de sluis"',
  '"is één ramp"',
  'AT&T',
  '#brugdicht',
  'brugdicht',
  '"omleiding ramp"~6',
  '"ramp omleiding"~6',
  '"omleiding ramp"~>6',
  '"omleid* klacht*"~10',
  'niets OF omleiding',
  '(niets OF omleiding) -te',
  'bron:Krant',
  'taal:Nederlands soort:recensie sentiment:negatief waardering:<3 waardering:2',
  'auteur:jansen auteur:"Jan Jansen" auteur:"jansen jan" auteur:@jj@social.example',
  'site:krant.example site:nieuws.krant.example',
  'adres:nieuws.krant.example/stad adres:https://www.nieuws.krant.example/stad/brug/?x',
  'link:lindewaard.example link:lindewaard.example/omleiding',
  'heeft:link heeft:beeld heeft:citaat heeft:titel is:bewerkt is:buiten',
  'omleiding na:2026-11-23 voor:2026-11-24 wanneer:2026-11',
])('%s finds it', (text) => expect(finds(text)).toBe(true));

test.each([
  'leiding',
  'omleidingen',
  'een ramp -sluis',
  '"ramp één is"',
  '"sluisbrug dicht de"',
  // From the title into the text nothing runs.
  '"dicht de"',
  '"dicht omleiding"~10',
  '"omleiding ramp"~5',
  '"ramp omleiding"~>10',
  'bron:Krant taal:en',
  'waardering:3..5',
  'auteur:samira',
  'site:rant.example',
  'adres:krant.example/stad',
  'adres:nieuws.krant.example/sta',
  'link:krant.example',
  'heeft:video OF is:binnen',
  'omleiding voor:2026-11-23',
  'omleiding wanneer:2026-10',
])('%s does not', (text) => expect(finds(text)).toBe(false));

test('a search finds other forms too, and a reply as well as a mention', () => {
  expect(finds('rampen')).toBe(false);
  expect(finds('rampen', { use: 'search' })).toBe(true);
  expect(finds('"rampen"', { use: 'search' })).toBe(false);
  expect(finds('NIET rampen', { use: 'search' })).toBe(false);
  expect(finds('vraag', { use: 'search', document: reply })).toBe(true);
  expect(finds('soort:collega is:binnen auteur:samira heeft:citaat', { document: reply })).toBe(true);
  expect(finds('wanneer:vandaag', { use: 'search', document: reply })).toBe(true);
  expect(finds('wanneer:gisteren', { use: 'search', document: reply })).toBe(false);
  expect(finds('', { use: 'search', document: reply })).toBe(true);
});
