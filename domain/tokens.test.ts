import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, tokens, tsvectorLiteral } from './tokens.ts';

test('folding takes away case, accents and compatibility forms', () => {
  expect(fold('Één ﬁets À LA CARTE ①')).toBe('een fiets a la carte 1');
  expect(fold('İstanbul')).toBe('istanbul');
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

describe('the literal for a tsvector', () => {
  test('counts from 1 and keeps title and text 100 apart', () => {
    expect(tsvectorLiteral('Brug open', 'De brug is open')).toEqual({
      literal: "'brug':1,104 'open':2,106 'de':103 'is':105",
      inexact: false,
    });
  });

  test('of a text without a title starts at 1, and of nothing is empty', () => {
    expect(tsvectorLiteral(null, 'een twee').literal).toBe("'een':1 'twee':2");
    expect(tsvectorLiteral('¡!', '').literal).toBe('');
  });

  test('keeps 255 positions of a word; more make the document inexact', () => {
    expect(tsvectorLiteral(null, 'ja '.repeat(255)).inexact).toBe(false);
    const { literal, inexact } = tsvectorLiteral(null, 'ja '.repeat(256));
    expect(inexact).toBe(true);
    expect(literal.split(',')).toHaveLength(255);
  });

  test('of more than 16,000 words is inexact and holds no position that PostgreSQL would clamp', () => {
    const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');
    expect(tsvectorLiteral(null, words(16_000)).inexact).toBe(false);
    const { literal, inexact } = tsvectorLiteral(null, words(17_000));
    expect(inexact).toBe(true);
    expect(literal).toContain("'w16382':16383 'w16383' ");
    expect(literal).toContain("'w16999'");
  });

  test('stays below the 1 MiB of a tsvector, whatever comes', () => {
    const text = Array.from({ length: 120_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + (i % 20_000), 0x4e00 + Math.floor(i / 20_000)),
    ).join(' ');
    const { literal, inexact } = tsvectorLiteral(null, text);
    expect(inexact).toBe(true);
    const lexemes = literal.match(/'[^']+'/g)!;
    const bytes = lexemes.reduce((sum, lexeme) => sum + Buffer.byteLength(lexeme) - 2 + 8, 0);
    expect(bytes).toBeLessThan(1024 * 1024 - 1);
  });
});
