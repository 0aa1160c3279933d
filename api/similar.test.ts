import { expect, test } from 'vitest';
import { distance, similar } from './similar.ts';

test('a slip is a letter added, lost, changed or swapped', () => {
  expect(distance('brug', 'brugg', 2)).toBe(1);
  expect(distance('brug', 'brg', 2)).toBe(1);
  expect(distance('brug', 'brog', 2)).toBe(1);
  expect(distance('brug', 'burg', 2)).toBe(1);
  expect(distance('gemeente', 'gemente', 2)).toBe(1);
  expect(distance('brug', 'sluisdeur', 2)).toBe(3);
});

test('names that begin alike come before names that hold it, and those before slips', () => {
  const names = ['De Sluis', 'Sluisbrug', 'Sluys', 'Waardbode', 'Stadsnieuws'];
  expect(similar(names, 'sluis')).toEqual(['Sluisbrug', 'De Sluis', 'Sluys']);
  expect(similar(names, 'Waardbodde')).toEqual(['Waardbode']);
  expect(similar(['De Waardbode'], 'waardbodde')).toEqual(['De Waardbode']);
  expect(similar(names, '  ')).toEqual([]);
});
