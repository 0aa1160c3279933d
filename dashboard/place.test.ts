import { expect, test } from 'vitest';
import {
  askedOf,
  fromDesk,
  fromSearch,
  listBefore,
  placeOf,
  searchAddress,
  streamAddress,
  topicAddress,
} from './place.ts';

const source = `s_${'A'.repeat(22)}`;
const thread = `t_${'B'.repeat(22)}`;
const topic = `o_${'C'.repeat(22)}`;

test('an address and the place it names are the same both ways', () => {
  const filter = {
    side: 'outside',
    source,
    topic,
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
  expect(placeOf('/topics', '')).toEqual({ page: 'topics' });
  expect(placeOf('/topics/new', '')).toEqual({ page: 'topic', topicId: null });
  expect(placeOf(topicAddress(topic), '')).toEqual({ page: 'topic', topicId: topic });
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
  '/topics/x',
  '/topics/o_a/b',
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

test('a thread opened at the desk or from a search leads back to the list it was in, and no state leads anywhere else', () => {
  expect(listBefore(fromDesk(''))).toEqual({ page: 'desk', href: '/desk' });
  expect(listBefore(fromDesk('list=mine&order=newest'))?.href).toBe('/desk?list=mine&order=newest');
  expect(listBefore(fromSearch('q=brug+%22a+b%22'))).toEqual({ page: 'search', href: '/search?q=brug+%22a+b%22' });
  for (const state of [null, undefined, 1, {}, { from: 1 }, { from: '/sources' }, { from: '//x.example/desk' }])
    expect(listBefore(state)).toBeNull();
});

test('a search is kept in its address', () => {
  const asked = { q: 'brug & "te koop" NIET taal:nl', sort: 'best' } as const;
  expect(askedOf(new URL(searchAddress(asked), 'http://a.example').search)).toEqual(asked);
  expect(searchAddress({ q: '', sort: 'newest' })).toBe('/search');
  expect(askedOf('?sort=oldest')).toEqual({ q: '', sort: 'newest' });
});
