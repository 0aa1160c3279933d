import { expect, test } from 'vitest';
import { tokensInOrder } from './token-order.ts';
import { tokens, wordPositions } from './tokens.ts';

test.each([
  ['De brug blijft dicht', 'De brug bij de sluis blijft voorlopig dicht, zegt de gemeente.'],
  [null, 'Alleen tekst'],
  ['Alleen een titel', ''],
  [null, ''],
  ['a', 'a a a'],
])('words find their order again: %s / %s', (title, text) => {
  expect(tokensInOrder(wordPositions(title, text), title !== null)).toEqual({
    titleTokens: tokens(title ?? ''),
    textTokens: tokens(text),
  });
});
