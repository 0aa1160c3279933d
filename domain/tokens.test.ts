import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, searchWords, tokens } from './tokens.ts';

test('folding takes away case, accents and compatibility forms', () => {
  expect(fold('Één ﬁets À LA CARTE ①')).toBe('een fiets a la carte 1');
  expect(fold('İstanbul')).toBe('istanbul');
});

test('accents fold away in time in proportion to the text, however many stand on one letter', () => {
  const cpuMs = (length: number) => {
    const text = `e${'\u0301\u0327'.repeat(length / 2)}n`;
    const before = process.cpuUsage();
    expect(fold(text)).toBe('en');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  // Quadratic it would be seventeen seconds.
  expect(cpuMs(200_000)).toBeLessThan(500);
});

test('tokens are runs of letters and digits, in order', () => {
  expect(tokens("Zo'n 5x-actie: e-mail, 東京 ٣!")).toEqual(['zo', 'n', '5x', 'actie', 'e', 'mail', '東京', '٣']);
  expect(tokens('  ¿?  ')).toEqual([]);
});

test('a word beyond 100 units is cut, never inside a character', () => {
  expect(tokens('a'.repeat(150))).toEqual(['a'.repeat(100)]);
  const cut = tokens(`${'a'.repeat(99)}𝔘𐐷`)[0]!;
  expect(cut.isWellFormed()).toBe(true);
  expect(tokens(`a${'𐐷'.repeat(80)}`)[0]!.isWellFormed()).toBe(true);
});

test('folding again changes nothing, and every token is its own only token', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
      for (const token of tokens(text)) expect(tokens(token)).toEqual([token]);
    }),
  );
});

describe('the words for a tsvector', () => {
  test('counts from 1 and keeps title and text 100 apart', () => {
    const { positions, inexact } = searchWords('Brug open', 'De brug is open');
    expect(Object.fromEntries(positions)).toEqual({ brug: [1, 104], open: [2, 106], de: [103], is: [105] });
    expect(inexact).toBe(false);
  });

  test('of a text without a title starts at 1, and of nothing is empty', () => {
    expect(Object.fromEntries(searchWords(null, 'een twee').positions)).toEqual({ een: [1], twee: [2] });
    expect(searchWords('¡!', '').positions.size).toBe(0);
  });

  test('keeps 255 positions of a word; more make the document inexact', () => {
    expect(searchWords(null, 'ja '.repeat(255)).inexact).toBe(false);
    const { positions, inexact } = searchWords(null, 'ja '.repeat(256));
    expect(inexact).toBe(true);
    expect(positions.get('ja')).toHaveLength(255);
  });

  test('of more than 16,000 words is inexact and holds no position that PostgreSQL would clamp', () => {
    const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');
    expect(searchWords(null, words(16_000)).inexact).toBe(false);
    const { positions, inexact } = searchWords(null, words(17_000));
    expect(inexact).toBe(true);
    expect([positions.get('w16382'), positions.get('w16383'), positions.get('w16999')]).toEqual([[16_383], [], []]);
  });

  test('stays below the 1 MiB of a tsvector, whatever comes', () => {
    const text = Array.from({ length: 120_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + (i % 20_000), 0x4e00 + Math.floor(i / 20_000)),
    ).join(' ');
    const { positions, inexact } = searchWords(null, text);
    expect(inexact).toBe(true);
    const bytes = [...positions.keys()].reduce((sum, word) => sum + Buffer.byteLength(word) + 8, 0);
    expect(bytes).toBeLessThan(1024 * 1024 - 1);
  });
});
