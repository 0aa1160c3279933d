import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesIn, countPlaces, mostReferences, placeholder, readable, withReferences } from './reply-text.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(placeholder, ' ', 'https://e.nl/a', 'http://', '(', ')', '.', '\u202E', '\uD800', '\0', 'é', '🜁'),
    )
    .map((parts) => parts.join('')),
);

test.each([
  ['Zie https://e.nl/a.', ['https://e.nl/a']],
  ['(https://e.nl/a) en http://e.nl/b, klaar', ['https://e.nl/a', 'http://e.nl/b']],
  ['https://e.nl/brug_(Lindewaard)', ['https://e.nl/brug_(Lindewaard)']],
  ['(zie https://e.nl/brug_(Lindewaard))', ['https://e.nl/brug_(Lindewaard)']],
  ['"https://e.nl/a?b=c&d=1#e"', ['https://e.nl/a?b=c&d=1#e']],
  [`https://e.nl/a${placeholder}https://e.nl/b`, ['https://e.nl/a', 'https://e.nl/b']],
  ['javascript:alert(1) ftp://e.nl www.e.nl', []],
])('addresses end where the sentence goes on: %s', (text, wanted) => {
  expect(addressesIn(text).map(({ address }) => address)).toEqual(wanted);
});

test('whatever is written, addresses are parts of it, in order and apart', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      let end = 0;
      for (const { address, from, to } of addressesIn(text)) {
        expect(text.slice(from, to)).toBe(address);
        expect(from).toBeGreaterThanOrEqual(end);
        expect(address).not.toContain(placeholder);
        end = to;
      }
    }),
  );
});

test('a text of nothing but brackets and stops is read in a moment', () => {
  const text = `https://e.nl/${'(.)'.repeat(7_000)}${')'.repeat(20_000)}`;
  const began = performance.now();
  addressesIn(text.repeat(3));
  expect(performance.now() - began).toBeLessThan(200);
});

test('putting references in place of addresses keeps every other word and every other reference, in order', () => {
  fc.assert(
    fc.property(hostile, fc.array(fc.boolean(), { maxLength: 20 }), (text, choice) => {
      const own = Array.from({ length: countPlaces(text) }, (_, n) => `own ${n}`);
      const parts = addressesIn(text)
        .filter((_, n) => choice[n])
        .map((part) => ({ ...part, reference: part.address }));
      const made = withReferences(text, own, parts);
      expect(countPlaces(made.text)).toBe(made.references.length);
      expect(made.references.filter((one) => one.startsWith('own '))).toEqual(own);
      // Read out, with the addresses back in their places, it is what was written.
      const words = made.references.map((one) => (one.startsWith('own ') ? placeholder : one));
      expect(readable(made.text, words)).toBe(text);
    }),
  );
});

test('of more addresses than a reply may have references the last stay addresses', () => {
  const text = Array.from({ length: 110 }, (_, n) => `https://e.nl/${n}`).join(' ');
  const own = [placeholder, placeholder].join('');
  const parts = addressesIn(own + text).map((part) => ({ ...part, reference: part.address }));
  const made = withReferences(own + text, ['a', 'b'], parts);
  expect(made.references).toHaveLength(mostReferences);
  expect(made.text.endsWith('https://e.nl/109')).toBe(true);
});
