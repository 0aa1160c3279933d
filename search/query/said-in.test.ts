import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { parse } from './parse.ts';
import { saidIn } from './said-in.ts';

/** What is asked, without where it stands. */
const asked = (text: string) =>
  JSON.stringify(parse(text, { language: 'nl' }).query, (key, value) =>
    key === 'from' || key === 'to' ? undefined : value,
  );

test.each([
  ['(brug OF sluis) NIET taal:nl bron:"De OF Bode"', '(brug OR sluis) NOT lang:nl source:"De OF Bode"'],
  ['soort:recensie heeft:beeld -is:beantwoord', 'type:review has:image -is:answered'],
  ['sentiment:"negatief"  EN   "niet OF wel"', 'sentiment:"negative"  AND   "niet OF wel"'],
  ['auteur:of in:Verkeer waardering:<3 voor:2026-01-01', 'author:of in:Verkeer rating:<3 before:2026-01-01'],
])('%s is read in English and in Dutch, and asks the same', (dutch, english) => {
  expect(saidIn(dutch, 'en')).toBe(english);
  expect(saidIn(english, 'nl')).toBe(dutch);
  expect(asked(english)).toBe(asked(dutch));
});

test('what stands in the language of the reader stays as it was written', () => {
  for (const text of ['Brug  OF (sluis)', 'door:Jan soort:beoordeling', 'na:gisteren', '"open', 'NIET', ''])
    expect(saidIn(text, 'nl')).toBe(text);
});

test('a query that would become too long stays as it is', () => {
  const text = `NOT ${'a'.repeat(limits.length - 4)}`;
  expect(saidIn(text, 'nl')).toBe(text);
});
