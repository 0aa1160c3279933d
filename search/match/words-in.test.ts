import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, tokens, wordPositions } from '#domain/tokens.ts';
import { wordsIn } from './words-in.ts';

const shown = (text: string) => wordsIn(null, text).map(({ token, from, to }) => [token, text.slice(from, to)]);

describe('a word is shown as it was written', () => {
  test.each([
    [
      'a ligature',
      'de ﬁets ﬂink',
      [
        ['de', 'de'],
        ['fiets', 'ﬁets'],
        ['flink', 'ﬂink'],
      ],
    ],
    [
      'decomposed accents',
      'cafe\u0301s e\u0301e\u0301n',
      [
        ['cafes', 'cafe\u0301s'],
        ['een', 'e\u0301e\u0301n'],
      ],
    ],
    ['marks without a letter', '\u0301\u0301 ja', [['ja', 'ja']]],
    [
      'a capital that lowers to two',
      'İstanbul ligt',
      [
        ['istanbul', 'İstanbul'],
        ['ligt', 'ligt'],
      ],
    ],
    [
      'a final sigma',
      'ΟΔΟΣ ΕΛΛΑΔΟΣ.',
      [
        ['οδος', 'ΟΔΟΣ'],
        ['ελλαδος', 'ΕΛΛΑΔΟΣ'],
      ],
    ],
    [
      'one sign for several words',
      'ja ﷺ nee',
      [
        ['ja', 'ja'],
        ['صلى', 'ﷺ'],
        ['الله', 'ﷺ'],
        ['عليه', 'ﷺ'],
        ['وسلم', 'ﷺ'],
        ['nee', 'nee'],
      ],
    ],
    [
      'a fraction',
      '½ brug',
      [
        ['1', '½'],
        ['2', '½'],
        ['brug', 'brug'],
      ],
    ],
    [
      'hangul in letters',
      '\u1112\u1161\u11ab\u1100\u1173\u11af 말',
      [
        ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
        ['말', '말'],
      ],
    ],
    [
      'beyond the first plane',
      'x 𝔘𝔫 y',
      [
        ['x', 'x'],
        ['un', '𝔘𝔫'],
        ['y', 'y'],
      ],
    ],
    [
      'a mark of half width',
      'ｶﾞ-ﾡﾞㅏ',
      [
        ['カ', 'ｶﾞ'],
        ['가', 'ﾡﾞㅏ'],
      ],
    ],
    [
      'width',
      'ＡＢ　ＣＤ',
      [
        ['ab', 'ＡＢ'],
        ['cd', 'ＣＤ'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test('a word that is cut keeps its whole length', () => {
    const [word] = wordsIn(null, 'a'.repeat(150));
    expect(word).toMatchObject({ token: 'a'.repeat(100), from: 0, to: 150 });
  });
});

/** Text that is hard to follow through folding: ligatures, marks, letters that join, signs that fall apart, spaces of all kinds. */
const hard = fc.constantFrom(
  ..."aBcß ﬁ½İΣσςée\u0301\u0327ﷺ각\u1100\u1161\u11a8ㄱﾡㅏ㈀ﾞｶか\u3099①𝔘\u0e33\u{16d67}\u{16d68}\u0344\u00b4\u037a\u1fc1\u00a0\u2003-_'.\n".match(
    /./gsu,
  )!,
);
const anyText = fc.oneof(
  fc.array(hard, { maxLength: 30 }).map((units) => units.join('')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const runs = { numRuns: process.env.FULL ? 100_000 : 5_000 };

test('words and positions are those that are matched', () => {
  fc.assert(
    fc.property(fc.option(anyText), anyText, (title, text) => {
      const found = new Map<string, number[]>();
      for (const { token, position } of wordsIn(title, text)) found.set(token, [...(found.get(token) ?? []), position]);
      expect(found).toEqual(wordPositions(title, text));
    }),
    runs,
  );
});

test('each word stands where it is said to stand, in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let before = { from: 0, to: 0 };
      for (const word of wordsIn(null, text)) {
        expect(word.from).toBeGreaterThanOrEqual(before.from);
        expect(word.to).toBeGreaterThan(word.from);
        expect(word.to).toBeLessThanOrEqual(text.length);
        // Alone it gives the same word, among those of a sign that stands for several (and but for a final sigma).
        const alone = tokens(text.slice(word.from, word.to)).map((one) => one.replaceAll('ς', 'σ'));
        expect(alone).toContain(word.token.replaceAll('ς', 'σ'));
        before = word;
      }
    }),
    runs,
  );
});

test('nothing that folds to a letter or a digit is left outside the words', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let at = 0;
      for (const { from, to } of [...wordsIn(null, text), { from: text.length, to: text.length }]) {
        if (from > at) expect(tokens(text.slice(at, from))).toEqual([]);
        at = Math.max(at, to);
      }
      expect(fold(text)).toBe(
        text
          .split(/([ \t\r\n])/)
          .map(fold)
          .join(''),
      );
    }),
    runs,
  );
});

test('a long text without spaces is followed in linear time', () => {
  for (const unit of ['\u1112\u1161\u11ab東ﬁ', '\u1112ﾞﾞ\u1161', 'ﾞ', '\u{16d68}', 'ΑΣ\u1161']) {
    const text = `\u1100\u1161\u{16d67}${unit.repeat(20_000)}`;
    const begin = performance.now();
    expect(wordsIn(null, text)).toHaveLength(1);
    expect(performance.now() - begin).toBeLessThan(5_000);
  }
});
