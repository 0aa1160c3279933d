import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corporaDir } from '#test/xss-payloads.ts';
import { understandSentiment } from './sentiment.ts';

const toneOf = (text: string, language: string) => understandSentiment(text, language).tone;
const scoreOf = (text: string, language: string) => understandSentiment(text, language).score;

describe('in Dutch', () => {
  test.each([
    ['Wat een fantastische service, binnen een uur geholpen!', 'positive'],
    ['Hulde aan de monteur, hij was heel vriendelijk.', 'positive'],
    ['Al drie weken wachten op antwoord, ik heb een klacht ingediend.', 'negative'],
    ['De app werkt niet en er is geen reactie van de klantenservice.', 'negative'],
    ['Alweer vertraging en een lange wachtrij bij het loket.', 'negative'],
    ['Het eten was niet lekker.', 'negative'],
    ['De brug is echt niet mooi.', 'negative'],
    ['Geen probleem, het is netjes opgelost.', 'positive'],
    ['Ik haat de trein niet.', 'neutral'],
    ['De vergadering begint om acht uur in de raadszaal.', 'neutral'],
    ['Mooi gebouw, maar de ingang is onvindbaar en het personeel onvriendelijk.', 'negative'],
    ['De treinen waren vol, maar de conducteur was geweldig.', 'positive'],
    ['Veel te duur.', 'negative'],
    ['😡😡', 'negative'],
    ['Eindelijk open 🎉', 'positive'],
    ['De lift doet het deze hele week al niet.', 'negative'],
    ['De printer doet het gewoon goed. De scanner heb ik niet gezien.', 'positive'],
    ['Een ramp in hun beste maand, zeggen de winkeliers, en heel vervelend.', 'negative'],
    ['Gooi er een plank over.', 'neutral'],
    ['Waarom kon dat vroeger wel en nu niet?', 'neutral'],
    ['Agenda: inloopavond over de dijk.', 'neutral'],
    ['Zwembad trekt in de eerste maand 12.000 bezoekers.', 'neutral'],
    ['De burgemeester bezoekt ondernemers aan de kade.', 'neutral'],
  ])('"%s" is %s', (text, tone) => {
    expect(toneOf(text, 'nl')).toBe(tone);
  });

  test('intensifiers and exclamation marks make a word weigh more, "een beetje" less', () => {
    const plain = scoreOf('Het is slecht.', 'nl');
    expect(scoreOf('Het is heel slecht.', 'nl')).toBeLessThan(plain);
    expect(scoreOf('Het is slecht!', 'nl')).toBeLessThan(plain);
    expect(scoreOf('Het is beetje slecht.', 'nl')).toBeGreaterThan(plain);
  });

  test('"niet alleen" denies nothing', () => {
    expect(toneOf('Niet alleen mooi, ook handig.', 'nl')).toBe('positive');
  });
});

describe('in English', () => {
  test.each([
    ['Absolutely brilliant, well worth the trip.', 'positive'],
    ["The staff weren't helpful and the queue was awful.", 'negative'],
    ['Not bad at all.', 'positive'],
    ['A beautiful station but the delays are unacceptable.', 'negative'],
    ['The council meets on Tuesday at eight.', 'neutral'],
    ["I can't wait for the opening!", 'positive'],
  ])('"%s" is %s', (text, tone) => {
    expect(toneOf(text, 'en')).toBe(tone);
  });
});

test('who people are says nothing about how a text is meant', () => {
  const dutch =
    'zwarte joodse islamitische homoseksuele gehandicapte blinde autistische Turkse Marokkaanse oude bejaarde vrouwelijke linkse rechtse dakloze transgender';
  for (const word of dutch.split(' ')) expect(scoreOf(`Het gaat om ${word} inwoners van de stad.`, 'nl'), word).toBe(0);
  const english = 'black Jewish Muslim gay lesbian disabled blind autistic Turkish elderly female homeless';
  for (const word of english.split(' ')) expect(scoreOf(`This is about ${word} people in town.`, 'en'), word).toBe(0);
});

test('what it does not know it does not judge', () => {
  expect(understandSentiment('Das ist schrecklich', 'de')).toEqual({
    score: 0,
    confidence: 0,
    tone: 'unclear',
    method: 'lexicon-2',
  });
  expect(toneOf('', 'nl')).toBe('unclear');
  expect(toneOf('Ja.', 'nl')).toBe('unclear');
});

test('a text that says both is unclear, and one that names no language is judged with less confidence', () => {
  expect(toneOf('Geweldige plek. Waardeloze bediening.', 'nl')).toBe('unclear');
  const sure = understandSentiment('Geweldig!', 'nl').confidence;
  expect(understandSentiment('Geweldig!', 'und')).toMatchObject({ tone: 'positive' });
  expect(understandSentiment('Geweldig!', 'und').confidence).toBeLessThan(sure);
});

const filler = 'De gemeente vertelt vanavond in het buurthuis hoe het werk aan de kade en de sluis verder gaat.';

test('one weak word in a long text colours nothing, a strong one or two weak ones do', () => {
  const long = `${filler} Wie komt, meldt zich aan bij de balie van de bibliotheek.`;
  expect(toneOf(`${long} De koffie is gratis.`, 'nl')).toBe('neutral');
  expect(toneOf(`${long} Het is een ramp.`, 'nl')).toBe('negative');
  expect(toneOf(`${long} De koffie is gratis. Het is er gezellig.`, 'nl')).toBe('positive');
});

test('above twelve words one weak word is not enough to be sure', () => {
  const sure = 0.7; // From here on people read "vrij zeker": api/present.ts.
  expect(understandSentiment(`${filler} Het is slecht.`, 'nl')).toMatchObject({ tone: 'negative', confidence: 0.6 });
  expect(understandSentiment(`${filler} Het is slecht, en traag.`, 'nl').confidence).toBeGreaterThanOrEqual(sure);
  expect(understandSentiment(`${filler} Het is waardeloos.`, 'nl').confidence).toBeGreaterThanOrEqual(sure);
  expect(understandSentiment('Het is slecht.', 'nl').confidence).toBeGreaterThanOrEqual(sure);
});

test('a very long text without spaces or with nothing but them takes no time', () => {
  const started = performance.now();
  for (const text of ['a'.repeat(300_000), ' '.repeat(300_000), ":'".repeat(150_000), 'niet '.repeat(60_000)])
    toneOf(text, 'nl');
  expect(performance.now() - started).toBeLessThan(2_000);
});

const folder = join(corporaDir, 'sentiment');
describe.skipIf(!existsSync(folder))('labelled texts (CORPORA_DIR)', () => {
  const rows = (name: string, language: string) =>
    readFileSync(join(folder, name, 'dev.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map((cells) => ({ label: cells[0]!, judged: understandSentiment(cells.at(-1)!, language) }))
      .filter(({ label }) => ['positive', 'neutral', 'negative'].includes(label));
  type Row = ReturnType<typeof rows>[number];
  const share = (all: Row[], right: (row: Row) => boolean) => all.filter(right).length / all.length;
  const speaks = (all: Row[]) => all.filter(({ judged }) => judged.tone === 'positive' || judged.tone === 'negative');
  const rightOfPolar = (all: Row[]) => share(speaks(all.filter(({ label }) => label !== 'neutral')), isRight);
  const isRight = ({ label, judged }: Row) => label === judged.tone;

  test('are judged right where it speaks', () => {
    const found = {
      'nl-xed': rightOfPolar(rows('nl-xed', 'nl')),
      'en-tweets-umsab': rightOfPolar(rows('en-tweets-umsab', 'en')),
      'en-sst2': rightOfPolar(rows('en-sst2', 'en')),
    };
    if (process.env.FULL) console.table(found);
    expect(found['nl-xed']).toBeGreaterThan(0.7);
    expect(found['en-tweets-umsab']).toBeGreaterThan(0.85);
    expect(found['en-sst2']).toBeGreaterThan(0.74);
  });

  test('are judged right more often the higher the confidence', () => {
    const all = speaks([...rows('en-tweets-umsab', 'en'), ...rows('en-sst2', 'en'), ...rows('nl-xed', 'nl')]);
    const between = (low: number, high: number) =>
      share(
        all.filter(({ judged }) => judged.confidence >= low && judged.confidence < high),
        isRight,
      );
    const steps = [between(0, 0.5), between(0.5, 0.65), between(0.65, 0.8), between(0.8, 1.01)];
    if (process.env.FULL) console.table(steps);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)! - steps[0]!).toBeGreaterThan(0.25);
  });
});
