import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { corporaDir } from '#test/xss-payloads.ts';
import { detectLanguage, loadLanguageDetector, understandLanguage } from './language.ts';

beforeAll(loadLanguageDetector, 60_000);
const dutch = 'De nieuwe brug over de rivier gaat volgende week open voor fietsers en voetgangers.';
const english = 'The new bridge across the river opens to cyclists and pedestrians next week.';

describe('the language of a text', () => {
  test.each([
    [dutch, 'nl'],
    [english, 'en'],
    ['Die neue Brücke über den Fluss wird nächste Woche für Radfahrer geöffnet.', 'de'],
    ['De nije brêge oer de rivier giet takom wike iepen foar fytsers, mar net foar auto’s.', 'fy'],
    ['Die nuwe brug oor die rivier word volgende week vir fietsryers oopgemaak, maar nie vir motors nie.', 'af'],
    ['来週、川にかかる新しい橋が開通します。', 'ja'],
    [`${dutch} https://example.com/the-new-bridge-across-the-river-opens @english #opening`, 'nl'],
  ])('%s is %s', (text, language) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  test.each(['', 'Top!', '👍👍👍', '12:30 14/5', '@anna @bram https://example.nl/een-lang-adres-in-het-nederlands'])(
    '"%s" does not say',
    (text) => {
      expect(understandLanguage(text)).toEqual({ language: 'und', languageBy: 'none' });
    },
  );
});

describe("a source's claim", () => {
  test('is believed for a short text, by its primary language', () => {
    expect(understandLanguage('Top!', 'nl-BE')).toEqual({ language: 'nl', languageBy: 'source' });
    expect(understandLanguage('Top!', 'EN_us')).toEqual({ language: 'en', languageBy: 'source' });
  });

  test('is denied by a text that clearly is something else', () => {
    expect(understandLanguage(dutch, 'en-US')).toEqual({ language: 'nl', languageBy: 'detected' });
  });

  test('of a language that the detector does not know cannot be denied', () => {
    expect(understandLanguage(dutch, 'li')).toEqual({ language: 'li', languageBy: 'source' });
  });

  test.each(['und', 'qme', 'zxx', 'x-klingon', 'dutch', '', '../nl'])('%s claims nothing', (claim) => {
    expect(understandLanguage(dutch, claim)).toEqual({ language: 'nl', languageBy: 'detected' });
  });
});

const corpus = join(corporaDir, 'langid/dev.tsv');
describe.skipIf(!existsSync(corpus))('3,710 labelled texts (CORPORA_DIR)', () => {
  test('are told apart as well as the detector can, and what it does not know is rather "und" than Dutch', {
    timeout: 60_000,
  }, () => {
    const counts = new Map<string, { all: number; right: number; dutch: number }>();
    for (const line of readFileSync(corpus, 'utf8').trim().split('\n').slice(1)) {
      const [language = '', kind = '', , text = ''] = line.split('\t');
      const count = counts.get(`${language} ${kind}`) ?? { all: 0, right: 0, dutch: 0 };
      const found = detectLanguage(text).language;
      counts.set(`${language} ${kind}`, count);
      count.all += 1;
      if (found === language) count.right += 1;
      if (found === 'nl') count.dutch += 1;
    }
    if (process.env.FULL) console.table(Object.fromEntries(counts));
    const share = (what: 'right' | 'dutch', key: string) => counts.get(key)![what] / counts.get(key)!.all;
    expect(share('right', 'nl sentence')).toBeGreaterThan(0.98);
    expect(share('right', 'en sentence')).toBeGreaterThan(0.98);
    expect(share('right', 'en tweet')).toBeGreaterThan(0.98);
    expect(share('right', 'de sentence')).toBeGreaterThan(0.98);
    expect(share('right', 'fr sentence')).toBeGreaterThan(0.98);
    expect(share('right', 'fy sentence')).toBeGreaterThan(0.6);
    expect(share('right', 'af sentence')).toBeGreaterThan(0.72);
    expect(share('dutch', 'fy sentence')).toBeLessThan(0.08);
    expect(share('dutch', 'af sentence')).toBeLessThan(0.12);
  });
});
