import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIds, createSeal } from './ids.ts';

const secret = Buffer.alloc(32, 7);
const ids = createIds(secret);
const seal = createSeal(secret);

test('an id comes back as the number it was made from, and only as its own kind', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (id) => {
      const text = ids.encode('thread', id);
      expect(text).toMatch(/^t_[A-Za-z0-9_-]{22}$/);
      expect(ids.decode('thread', text)).toBe(id);
      expect(ids.decode('mention', text)).toBeNull();
      expect(ids.decode('mention', `m_${text.slice(2)}`)).toBeNull();
    }),
  );
});

test('an id with any character changed is no id', () => {
  const text = ids.encode('source', 42);
  for (let i = 2; i < text.length; i += 1)
    for (const other of ['A', 'B', '_', 'z'].filter((character) => character !== text[i]))
      expect(ids.decode('source', text.slice(0, i) + other + text.slice(i + 1))).toBeNull();
});

test('ids of following numbers look nothing alike, and another installation cannot read them', () => {
  expect(ids.encode('thread', 1).slice(2, 8)).not.toBe(ids.encode('thread', 2).slice(2, 8));
  expect(createIds(Buffer.alloc(32, 8)).decode('thread', ids.encode('thread', 1))).toBeNull();
});

test('any text at all is refused as an id without an exception', () => {
  fc.assert(fc.property(fc.string(), (text) => ids.decode('thread', `t_${text}`) === null));
  for (const text of ['', 't_', `t_${'A'.repeat(22)}`, `t_${'A'.repeat(21)}=`, `t_${'A'.repeat(2000)}`])
    expect(ids.decode('thread', text)).toBeNull();
});

test('sealed numbers come back for the same viewer and purpose only', () => {
  const numbers = [1_763_888_265_123_456n, 2n ** 62n, -1n];
  const text = seal.close('a', 'stream', numbers);
  expect(seal.open('a', 'stream', text)).toEqual(numbers);
  expect(seal.open('b', 'stream', text)).toBeNull();
  expect(seal.open('a', 'live', text)).toBeNull();
  expect(seal.close('a', 'stream', numbers)).not.toBe(text);
});

test('a sealed place with one bit changed, cut short or made up does not open', () => {
  const bytes = Buffer.from(seal.close('a', 'stream', [5n]), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(seal.open('a', 'stream', changed.toString('base64url'))).toBeNull();
  }
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => seal.open('a', 'stream', text) === null));
  expect(seal.open('a', 'stream', bytes.subarray(0, 20).toString('base64url'))).toBeNull();
});
