import { expect, test } from 'vitest';
import type { InboxItem } from '../api-inbox.ts';
import { nl } from '../words/nl.ts';
import { sentenceOf } from './sentence.ts';

const item = (given: Partial<InboxItem>): InboxItem => ({
  id: 'n_1',
  kind: 'added',
  thread: null,
  circle: { id: 'c_1', kind: 'closed', name: 'Klankbord' },
  person: { id: 'p_1', name: 'Fatima', badges: [], guest: false },
  replyId: null,
  at: '2026-11-23T12:00:00Z',
  read: false,
  detail: {},
  ...given,
});

test('what somebody became in a circle is said as that', () => {
  expect(sentenceOf(item({ detail: { role: 'member' } }), nl)).toBe('Fatima zette je in de kring Klankbord');
  expect(sentenceOf(item({ kind: 'role', detail: { role: 'deputy' } }), nl)).toBe(
    'Fatima maakte je vervanger in Klankbord',
  );
});

test('a guest hears that an administrator took access, not who', () => {
  expect(sentenceOf(item({ kind: 'access-taken', person: null }), nl)).toBe('Een beheerder nam toegang tot Klankbord');
});

test('a kind that is not known yet is still news about its circle', () => {
  expect(sentenceOf(item({ kind: 'of tomorrow' }), nl)).toBe('Nieuws over Klankbord');
});
