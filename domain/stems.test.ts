import { describe, expect, test } from 'vitest';
import { compoundWords } from './compound-words.ts';
import { compoundParts, documentStems, stemsOf } from './stems.ts';
import { fold } from './tokens.ts';

describe('stems', () => {
  test('bring the forms of a Dutch word together', () => {
    for (const forms of [
      ['fiets', 'fietsen'],
      ['brug', 'bruggen'],
      ['huis', 'huizen'],
      ['brief', 'brieven'],
      ['klacht', 'klachten'],
      ['wethouder', 'wethouders'],
      ['weg', 'wegen'],
      ['school', 'scholen'],
      ['bus', 'bussen'],
      ['boodschap', 'boodschappen'],
    ])
      expect(new Set(forms.flatMap((form) => stemsOf(form, 'nl'))).size, forms.join()).toBe(1);
  });

  test('and of an English one; of a language nobody knows those of both', () => {
    expect(stemsOf('complaints', 'en')).toEqual(stemsOf('complaint', 'en'));
    expect(stemsOf('bridges')).toEqual([...stemsOf('bridges', 'nl'), ...stemsOf('bridges', 'en')]);
  });

  test('short words, numbers and other scripts that have no other form are left alone', () => {
    for (const word of ['de', 'a1', '2026', '5x']) expect(stemsOf(word), word).toEqual([]);
    expect(stemsOf('東京東')).toEqual(['東京東']);
  });

  test('of a stem are the stem itself, so that whoever looks for one may look among the words too', () => {
    for (const word of [
      'fietsen',
      'bruggen',
      'huizen',
      'mogelijkheden',
      'wandelingen',
      'running',
      'nationalities',
      'lessees',
    ])
      for (const language of ['nl', 'en']) {
        const [made] = stemsOf(word, language);
        expect(stemsOf(made!, language), word).toEqual(made!.length < 3 ? [] : [made]);
      }
  });

  test('come back the same however often they are asked for', () => {
    const words = Array.from({ length: 500 }, (_, i) => `woord${'abcdefghij'[i % 10]}${'en'.repeat(i % 3)}`);
    const first = words.map((word) => stemsOf(word, 'nl'));
    expect(words.map((word) => stemsOf(word, 'nl'))).toEqual(first);
  });
});

const compounds: Record<string, string> = {
  fietspad: 'fiets pad',
  fietspaden: 'fiets paden',
  parkeergarage: 'parkeer garage',
  parkeerplaatsen: 'parkeer plaatsen',
  gemeenteraad: 'gemeente raad',
  gemeentehuis: 'gemeente huis',
  raadsbesluit: 'raads besluit',
  stadsbestuur: 'stads bestuur',
  wijkteam: 'wijk team',
  buurtvereniging: 'buurt vereniging',
  afvalcontainer: 'afval container',
  afvalinzameling: 'afval inzameling',
  geluidsoverlast: 'geluids overlast',
  waterschapsbelasting: 'waterschap belasting',
  bewonersavond: 'bewoner avond',
  bouwvergunning: 'bouw vergunning',
  vergunningaanvraag: 'vergunning aanvraag',
  verkeersveiligheid: 'verkeers veiligheid',
  treinstation: 'trein station',
  bushalte: 'bus halte',
  snelwegen: 'snel wegen',
  vrachtwagens: 'vracht wagens',
  schoolplein: 'school plein',
  kinderopvang: 'kinder opvang',
  ziekenhuiskamer: 'ziekenhuis kamer',
  zonnepanelen: 'zonne panelen',
  windmolens: 'wind molens',
  woningbouw: 'woning bouw',
  huurwoningen: 'huur woningen',
  klantendienst: 'klanten dienst',
  winkelcentrum: 'winkel centrum',
  levertijd: 'lever tijd',
  pakketbezorger: 'pakket bezorger',
  ledenvergadering: 'leden vergadering',
  vrijwilligerswerk: 'vrijwilligers werk',
  sporthallen: 'sport hallen',
  voetbalclub: 'voetbal club',
  hondenbelasting: 'honden belasting',
  boekenmarkt: 'boek markt',
  eikenprocessierups: 'eiken processie rups',
  lantaarnpalen: 'lantaarn palen',
};

describe('Dutch compounds', () => {
  test('are taken apart into words that everybody knows', () => {
    const known = Object.entries(compounds).filter(([, parts]) => parts !== '');
    expect(known.length).toBeGreaterThanOrEqual(40);
    expect(Object.fromEntries(known.map(([word]) => [word, compoundParts(word)?.join(' ')]))).toEqual(
      Object.fromEntries(known),
    );
  });

  test('are not seen in words that only look like them', () => {
    const whole =
      `bestuur vandaag gemeente minister wethouder burgemeester voorzitter bijzonder verkeer vergadering onderwerp gebouw
      belangrijk winkelier restaurant bezwaar algemeen informatie november zaterdag mogelijk inderdaad eigenlijk waarschijnlijk
      antwoord museum personeel beweging organisatie verantwoordelijk ondertussen misschien natuurlijk begrafenis geweldig pastoor
      ballonnen zwemmers wetenschapper zondags bonbons groenland weggegeven landelijk rotterdam winterswijk`.split(
        /\s+/,
      );
    expect(whole.length).toBeGreaterThanOrEqual(40);
    expect(whole.filter((word) => compoundParts(word) !== null)).toEqual([]);
  });

  test('are found by their parts in any form, and a part is not found by the compound', () => {
    const fietspaden = documentStems(['fietspaden'], 'nl');
    for (const word of ['fietspad', 'fiets', 'fietsen', 'pad', 'paden'])
      expect(fietspaden, word).toEqual(expect.arrayContaining(stemsOf(word, 'nl')));
    // A word that is its own stem is not said twice.
    expect(documentStems(['pad', 'de', 'brug'], 'nl')).toEqual([]);
    expect(documentStems(['fietspaden'], 'en')).toEqual([]);
  });

  test('the list holds some hundreds of words as our tokens are, none too short', () => {
    expect(compoundWords.size).toBeGreaterThan(400);
    expect(
      [...compoundWords].filter((word) => word.length < 3 || fold(word) !== word || !/^[a-z]+$/.test(word)),
    ).toEqual([]);
  });

  test('a word made to be taken apart in very many ways costs no more than another', () => {
    const began = performance.now();
    for (let i = 0; i < 50; i++) compoundParts(`${'bal'.repeat(12)}x${'abcdefghij'[i % 10]}`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
