import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foundExcerpt } from './found-excerpt.ts';

const find = (text: string, word: string) =>
  [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({ from: index, to: index + word.length }));
const marked = ({ excerpt, ranges }: ReturnType<typeof foundExcerpt>) =>
  ranges.map(({ from, to }) => excerpt.slice(from, to));

test('a short text is shown whole, on one line, with what was found', () => {
  const text = '  De brug\n\nblijft  dicht. ';
  const found = foundExcerpt(text, find(text, 'blijft'));
  expect(found).toEqual({
    excerpt: 'De brug blijft dicht.',
    cut: { before: false, after: false },
    ranges: [{ from: 8, to: 14 }],
  });
});

test('a long text is shown around the first find, cut between words', () => {
  const text = `${'een lange aanloop '.repeat(40)}de brug staat open${' en nog veel meer'.repeat(40)}, brug`;
  const found = foundExcerpt(text, find(text, 'brug'));
  expect(found.cut).toEqual({ before: true, after: true });
  expect(marked(found)).toEqual(['brug']);
  expect(found.excerpt).toMatch(/^(een|lange|aanloop) .* (en|nog|veel|meer)$/);
  expect(found.excerpt.length).toBeLessThanOrEqual(280);
});

test('references get words, and what stands after them is still found', () => {
  const text = 'Vraag \uFFFC eens over de brug, \uFFFC weet het.';
  const found = foundExcerpt(text, find(text, 'brug'), (place) => ['@Anna', '@Bo'][place]!);
  expect(found.excerpt).toBe('Vraag @Anna eens over de brug, @Bo weet het.');
  expect(marked(found)).toEqual(['brug']);
});

test('whatever the text, ranges hold what was found and nothing is cut in half', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('woord', ' ', '\n', '😀', 'x'.repeat(90), 'é', '\uFFFC'), { maxLength: 120 }),
      fc.integer({ min: 0, max: 5_000 }),
      (parts, at) => {
        const before = parts.join('').slice(0, at).toWellFormed().replaceAll('brug', '');
        const text = `${before} brug ${parts.join('')}`;
        const found = foundExcerpt(text, find(text, 'brug'), () => '@A');
        expect(marked(found)[0]).toBe('brug');
        expect(found.excerpt.isWellFormed()).toBe(true);
        expect(found.excerpt).not.toMatch(/\s\s|\uFFFC/);
      },
    ),
    { numRuns: 300 },
  );
});
