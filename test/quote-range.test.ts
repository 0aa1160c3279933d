import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeInText } from '#dashboard/thread/quote-range.ts';
import { type RichNode, readRichText } from '#dashboard/thread/rich-text.ts';
import { plainText } from '#ingest/plain-text.ts';

const shownOf = (nodes: readonly RichNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : shownOf(node.children))).join('');
const bare = (text: string) => text.replace(/[\s\u00a0]/g, '');

const html =
  '<p>De  <strong>Sluis</strong>brug gaat\nniet open.</p><ul><li>Fietsers &amp; voetgangers</li><li>-5 graden</li></ul><p>Einde 🚲 hier</p>';
const text = plainText(html);
const shown = shownOf(readRichText(html));
const quoted = (words: string) => {
  const from = shown.indexOf(words);
  const range = rangeInText(text, shown, from, from + words.length);
  return range && text.slice(range.from, range.to);
};

test('words chosen across markup, lines and list items are found in the text', () => {
  expect(quoted('Sluisbrug gaat\nniet')).toBe('Sluisbrug gaat niet');
  expect(quoted('& voetgangers-5')).toBe('& voetgangers\n\n- -5');
  expect(quoted('🚲')).toBe('🚲');
});

test('half a character counts as the whole', () => {
  const at = shown.indexOf('🚲');
  expect(rangeInText(text, shown, at + 1, at + 2)).toEqual(rangeInText(text, shown, at, at + 2));
});

test('white space alone is nothing to quote', () => {
  const at = shown.indexOf('  ');
  expect(rangeInText(text, shown, at, at + 2)).toBe(null);
  expect(rangeInText(text, shown, 4, 4)).toBe(null);
});

test.each([
  ['a text that says something else', 'Iets anders'],
  ['a text with more in it', `${text} en meer`],
  ['a text that was cut off', text.slice(0, -4)],
])('nothing is quoted from %s', (_, other) => {
  expect(rangeInText(other, shown, 0, 5)).toBe(null);
});

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map((said) => said.replace(/[<>&"\p{C}]/gu, 'x'));
const inline = fc.oneof(
  word,
  word.map((said) => `<em>${said}</em>`),
  word.map((said) => `<a href="https://a.example/">${said}</a>`),
  fc.constantFrom(' ', '\n', '  ', '<br/>', '&amp;', '- '),
);
const line = fc.array(inline, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const block = fc.oneof(
  line.map((said) => `<p>${said}</p>`),
  line.map((said) => `<blockquote>${said}</blockquote>`),
  fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((items) => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`),
);

test('whatever is chosen of whatever was said, a quote has exactly those words or there is none', () => {
  let mapped = 0;
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), fc.nat(99), fc.nat(60), (blocks, start, length) => {
      const said = plainText(blocks.join(''));
      const drawn = shownOf(readRichText(blocks.join('')));
      const from = Math.floor((start * drawn.length) / 100);
      const to = Math.min(from + length, drawn.length);
      const range = rangeInText(said, drawn, from, to);
      if (!range) return;
      mapped += 1;
      const dashless = bare(said.slice(range.from, range.to).replace(/^- /gm, ''));
      const chosen = bare(drawn.slice(from, to));
      // A dash that was typed and one that a list drew read the same; a half character became whole.
      expect(
        dashless
          .replaceAll('-', '')
          .includes(chosen.replaceAll('-', '').replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')),
      ).toBe(true);
      expect(Math.abs(dashless.replaceAll('-', '').length - chosen.replaceAll('-', '').length)).toBeLessThanOrEqual(2);
    }),
    { numRuns: 500 },
  );
  expect(mapped).toBeGreaterThan(250);
});
