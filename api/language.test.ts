import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  [undefined, 'nl'],
  ['', 'nl'],
  ['en', 'en'],
  ['en-GB,en;q=0.9,nl;q=0.8', 'en'],
  ['nl-NL,nl;q=0.9,en;q=0.8', 'nl'],
  ['de,fr;q=0.9', 'nl'],
  ['de,en;q=0.5', 'en'],
  ['*', 'nl'],
  ['en;q=0', 'nl'],
  ['nl;q=0.2,en;q=0.3', 'en'],
  ['NL;q=0.2, EN', 'en'],
  [';;;,,,q=9', 'nl'],
])('%s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
