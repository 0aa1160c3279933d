import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDifference } from './word-difference.ts';

test('what went stands before what came, between what stayed', () => {
  expect(wordDifference('Fietsers en bussen rond de haven.', 'Fietsers en voetgangers rond de haven.')).toEqual([
    { kind: 'same', text: 'Fietsers en ' },
    { kind: 'removed', text: 'bussen ' },
    { kind: 'added', text: 'voetgangers ' },
    { kind: 'same', text: 'rond de haven.' },
  ]);
  expect(wordDifference('Zoals het was.', 'Zoals het was.')).toEqual([{ kind: 'same', text: 'Zoals het was.' }]);
  expect(wordDifference('', 'Nieuw.')).toEqual([{ kind: 'added', text: 'Nieuw.' }]);
});

test('the pieces are both texts, whole', () => {
  const text = fc
    .array(fc.constantFrom('de', 'brug', 'dicht', ' ', '\n', 'open'), { maxLength: 30 })
    .map((some) => some.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = wordDifference(before, after);
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map((piece) => piece.text)
          .join('');
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});

test('a very long text is taken as a whole rather than compared for minutes', () => {
  const long = 'woord '.repeat(1_001);
  expect(wordDifference(long, `${long}meer`)).toEqual([
    { kind: 'removed', text: long },
    { kind: 'added', text: `${long}meer` },
  ]);
});
