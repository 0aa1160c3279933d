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

test('how texts begin and end alike costs nothing, and what is between is not compared for minutes', () => {
  const long = 'woord '.repeat(100_000);
  expect(wordDifference(long, `${long}meer`)).toEqual([
    { kind: 'same', text: long },
    { kind: 'added', text: 'meer' },
  ]);
  const other = 'brug '.repeat(100_000);
  expect(wordDifference(`Van ${long}hier`, `Van ${other}hier`)).toEqual([
    { kind: 'same', text: 'Van ' },
    { kind: 'removed', text: long },
    { kind: 'added', text: other },
    { kind: 'same', text: 'hier' },
  ]);
});

test('many texts share one effort: what is left once it is used is taken as a whole', () => {
  const effort = { left: 12 };
  const difference = () => wordDifference('nu een twee', 'toen een drie', effort);
  const fine = difference();
  expect(fine).toContainEqual({ kind: 'same', text: 'een ' });
  expect(effort.left).toBe(3);
  expect(difference()).toEqual([
    { kind: 'removed', text: 'nu een twee' },
    { kind: 'added', text: 'toen een drie' },
  ]);
});
