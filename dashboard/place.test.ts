import { expect, test } from 'vitest';
import { deskBefore, fromDesk, placeOf, streamAddress } from './place.ts';

const source = `s_${'A'.repeat(22)}`;
const thread = `t_${'B'.repeat(22)}`;

test('an address and the place it names are the same both ways', () => {
  const filter = {
    side: 'outside',
    source,
    language: 'nl',
    tone: 'negative',
    unread: 'true',
    mine: 'true',
    from: '2025-03-01',
    to: '2025-03-31',
    outcome: 'answered',
  } as const;
  const address = new URL(streamAddress(filter, thread), 'http://x');
  expect(placeOf(address.pathname, address.search)).toEqual({ page: 'stream', threadId: thread, filter });
  expect(placeOf('/', '')).toEqual({ page: 'stream', threadId: null, filter: {} });
  expect(placeOf('/sources', '')).toEqual({ page: 'sources' });
  expect(placeOf('/tips', '?url=https%3A%2F%2Fx.example')).toEqual({ page: 'tips' });
  expect(placeOf('/links/aB-_9', '')).toEqual({ page: 'link', token: 'aB-_9' });
  expect(streamAddress({})).toBe('/');
});

test.each([
  '/x',
  '/links/',
  '/links/a b',
  '/desk/',
  '/threads/',
  '/threads/m_1',
  '/threads/t_a/b',
  '/threads/t_<b>',
  '//evil.example',
])('%s is nowhere', (path) => {
  expect(placeOf(path, '').page).toBe('nowhere');
});

test('parts of a filter that cannot be right count as absent', () => {
  const wrong =
    '?source=1&language=Nederlands&tone=angry&x=1&side=up&unread=maybe&mine=1&from=2025-13-01&to=today&outcome=won';
  expect(placeOf('/', wrong)).toEqual({ page: 'stream', threadId: null, filter: {} });
});

test('a thread opened at the desk leads back to the list it was in, and no state leads anywhere else', () => {
  expect(deskBefore(fromDesk(''))).toBe('/desk');
  expect(deskBefore(fromDesk('list=mine&order=newest'))).toBe('/desk?list=mine&order=newest');
  for (const state of [null, undefined, 1, {}, { from: 1 }, { from: '/sources' }, { from: '//x.example/desk' }])
    expect(deskBefore(state)).toBeNull();
});
