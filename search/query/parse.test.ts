import { expect, test } from 'vitest';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** How a text is read, printed in Dutch with every parenthesis that decides. */
function read(text: string): string {
  const { query, problems } = parse(text, { language: 'nl' });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return query ? print(query, 'nl') : '';
}
const wrong = (text: string) =>
  parse(text, { language: 'nl' })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, from, to }) => [code, text.slice(from, to)]);

test('words side by side are all wanted, and AND goes before OR', () => {
  expect(read('brug sluis')).toBe('brug EN sluis');
  expect(read('brug AND sluis')).toBe('brug EN sluis');
  expect(read('a OR b c OF d')).toBe('a OF (b EN c) OF d');
  expect(read('(a OR b) c')).toBe('(a OF b) EN c');
});

test('operators are only operators in capitals', () => {
  expect(read('brug of sluis')).toBe('brug EN of EN sluis');
  expect(read('brug OF NIET sluis')).toBe('brug OF NIET sluis');
  expect(read('Brug NOT Sluis')).toBe('Brug NIET Sluis');
});

test('a minus belongs to what follows, and a dash by itself is ignored', () => {
  expect(read('brug -sluis -"te koop" -(a b) -taal:en')).toBe(
    'brug NIET sluis NIET "te koop" NIET (a EN b) NIET taal:en',
  );
  expect(read('brug - sluis & co')).toBe('brug EN sluis EN co');
  expect(read('--brug')).toBe('brug');
});
