import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { callsByName, renamedIn } from './renamed.ts';

const renamed = (text: string, isShared = false) =>
  renamedIn(text, ['source'], { was: 'De Bode', is: 'Waardbode (nieuw)', isShared });

test('a query follows a new name, and nothing else of it changes', () => {
  expect(renamed('brug  OF (bron:"de bode" EN  -source:"De  Bode")')).toBe(
    'brug  OF (bron:"Waardbode (nieuw)" EN  -source:"Waardbode (nieuw)")',
  );
  expect(renamedIn('zoekvraag:Brug sluis', ['query'], { was: 'brug', is: 'Sluis' })).toBe('zoekvraag:"Sluis" sluis');
  expect(renamedIn('bron:“Café” x', ['source'], { was: 'cafe', is: 'Bar' })).toBe('bron:"Bar" x');
});

test('words, phrases and other fields that happen to be the name stay', () => {
  for (const text of ['"de bode"', 'de bode', 'onderwerp:"de bode"', 'bron:bode', 'auteur:"de bode"'])
    expect(renamed(text)).toBeNull();
  expect(callsByName('bron:"de bode"', ['topic'], 'De Bode')).toBe(false);
  expect(callsByName('bron:"de bode"', ['source'], 'De Bode')).toBe(true);
});

test('what still bears the old name is meant as before', () => {
  expect(renamed('NIET bron:"De Bode" brug', true)).toBe('NIET (bron:"De Bode" OF bron:"Waardbode (nieuw)") brug');
  expect(renamed('-source:"De Bode"', true)).toBe('-(source:"De Bode" OR source:"Waardbode (nieuw)")');
});

test('a name that no query can hold is not put into one', () => {
  expect(renamedIn('bron:bode', ['source'], { was: 'bode', is: 'De "Bode"' })).toBeNull();
  expect(
    renamedIn(`bron:bode ${'x'.repeat(limits.length - 20)}`, ['source'], { was: 'bode', is: 'y'.repeat(100) }),
  ).toBeNull();
});
