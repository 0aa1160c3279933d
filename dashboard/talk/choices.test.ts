import { expect, test } from 'vitest';
import type { Audience, Reply } from '../api-talk.ts';
import { choicesOf, firstChoice } from './choices.ts';

const audience = (name: string, outsiders = 0): Audience => ({
  circle: { id: name, kind: name === 'everyone' ? 'internal' : 'closed', name },
  colleagues: 4,
  outsiders,
  public: false,
  frameVersion: 1,
  frameToRead: false,
  token: name,
});
const audiences = [audience('everyone'), audience('quiet'), audience('customers', 2)];
const said = (...circles: string[]) =>
  circles.map((id) => ({ circle: audiences.find((one) => one.circle.id === id)!.circle })) as Reply[];
const names = (of: readonly Audience[]) => of.map(({ circle }) => circle.id);

test('circles in which a story is talked about come first, the newest talk before the rest', () => {
  const { here, elsewhere } = choicesOf({ born: 'outside', audiences, replies: said('everyone', 'customers') });
  expect(names(here)).toEqual(['customers', 'everyone']);
  expect(names(elsewhere)).toEqual(['quiet']);
});

test('what nobody chose does not go to people from outside while there is another circle', () => {
  const talked = choicesOf({ born: 'outside', audiences, replies: said('everyone', 'customers') });
  expect(firstChoice(talked)?.circle.id).toBe('everyone');
  const alone = choicesOf({ born: 'inside', audiences, replies: said('customers') });
  expect(firstChoice(alone)?.circle.id).toBe('customers');
});

test('a conversation of one circle is not offered to others, one of all colleagues is', () => {
  expect(choicesOf({ born: 'inside', audiences, replies: said('quiet') }).elsewhere).toEqual([]);
  expect(names(choicesOf({ born: 'inside', audiences, replies: said('everyone') }).elsewhere)).toEqual([
    'quiet',
    'customers',
  ]);
});
