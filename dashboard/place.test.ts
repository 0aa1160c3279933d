import { expect, test } from 'vitest';
import { placeOf, streamAddress } from './place.ts';

const source = `s_${'A'.repeat(22)}`;
const thread = `t_${'B'.repeat(22)}`;

test('an address and the place it names are the same both ways', () => {
  const filter = { source, language: 'nl', tone: 'negative' } as const;
  const address = new URL(streamAddress(filter, thread), 'http://x');
  expect(placeOf(address.pathname, address.search)).toEqual({ page: 'stream', threadId: thread, filter });
  expect(placeOf('/', '')).toEqual({ page: 'stream', threadId: null, filter: {} });
  expect(placeOf('/sources', '')).toEqual({ page: 'sources' });
  expect(streamAddress({})).toBe('/');
});

test.each(['/x', '/threads/', '/threads/m_1', '/threads/t_a/b', '/threads/t_<b>', '//evil.example'])(
  '%s is nowhere',
  (path) => {
    expect(placeOf(path, '').page).toBe('nowhere');
  },
);

test('parts of a filter that cannot be right count as absent', () => {
  expect(placeOf('/', '?source=1&language=Nederlands&tone=angry&x=1')).toMatchObject({ filter: {} });
});
