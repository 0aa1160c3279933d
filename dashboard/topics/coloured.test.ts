import { expect, test } from 'vitest';
import { coloured } from './coloured.ts';

const said = (text: string, tokens: Parameters<typeof coloured>[1], problems: Parameters<typeof coloured>[2] = []) =>
  coloured(text, tokens, problems);

test('a text comes in stretches of one colour, and together they are the text', () => {
  const text = 'brug OF  pont';
  const stretches = said(text, [
    { kind: 'word', from: 0, to: 4 },
    { kind: 'operator', from: 5, to: 7 },
    { kind: 'word', from: 9, to: 13 },
  ]);
  expect(stretches.map(({ kind, said }) => [kind, said])).toEqual([
    ['word', 'brug'],
    [null, ' '],
    ['operator', 'OF'],
    [null, '  '],
    ['word', 'pont'],
  ]);
  expect(stretches.map(({ said }) => said).join('')).toBe(text);
});

test('what is wrong is marked within a token and beyond it; a note marks nothing', () => {
  const text = 'taal:xx brug';
  const tokens = [
    { kind: 'field', from: 0, to: 5 },
    { kind: 'value', from: 5, to: 7 },
    { kind: 'word', from: 8, to: 12 },
  ] as const;
  const stretches = said(
    text,
    [...tokens],
    [
      { severity: 'error', from: 6, to: 9 },
      { severity: 'note', from: 0, to: 12 },
    ],
  );
  expect(stretches.filter(({ isWrong }) => isWrong).map(({ said }) => said)).toEqual(['x', ' ', 'b']);
  expect(stretches.map(({ said }) => said).join('')).toBe(text);
});

test('places beyond the text, of an answer to another one, lose nothing of it', () => {
  const stretches = said('brug', [{ kind: 'word', from: 2, to: 40 }], [{ severity: 'error', from: 30, to: 50 }]);
  expect(stretches.map(({ said }) => said).join('')).toBe('brug');
  expect(stretches.filter(({ said }) => said === '')).toEqual([]);
  expect(said('', [], [])).toEqual([]);
});
