import { expect, test } from 'vitest';
import type { Span } from '../api-topics.ts';
import { foundWords, stretchesOf } from './Marked.tsx';

const span = (from: number, to: number, part: Span['part'] = 'text'): Span => ({ part, from, to });
const shown = (text: string, spans: Span[]) =>
  stretchesOf(text, 'text', spans)
    .map(({ said, isFound }) => (isFound ? `[${said}]` : said))
    .join('');

test.each([
  ['one word', [span(3, 7)], 'De [brug] is dicht'],
  ['in another order', [span(11, 16), span(3, 7)], 'De [brug] is [dicht]'],
  ['over one another', [span(0, 7), span(3, 10)], '[De brug][ is] dicht'],
  ['one within another', [span(0, 10), span(3, 7)], '[De brug is] dicht'],
  ['of the title', [span(3, 7, 'title')], 'De brug is dicht'],
  ['beyond the end', [span(11, 99), span(40, 50)], 'De brug is [dicht]'],
  ['none', [], 'De brug is dicht'],
])('words found are marked, and the text stays whole: %s', (_, spans, expected) => {
  expect(shown('De brug is dicht', spans)).toBe(expected);
});

test('each word found is told once, as it first stood there', () => {
  const spans = [span(0, 4, 'title'), span(3, 7), span(12, 16), span(8, 11), span(90, 95)];
  expect(foundWords('Brug dicht', 'De brug en\n brug', spans)).toEqual(['Brug', 'en']);
  expect(foundWords(null, 'brug', [span(0, 4, 'title')])).toEqual([]);
});
