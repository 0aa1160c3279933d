import { afterEach, expect, test } from 'vitest';
import { emptyOpening, keepOpening, readOpening, stepOf, toNewCircle } from './opening.ts';

const me = { id: 'p_me', name: 'Sanne de Wit' };
afterEach(() => localStorage.clear());

test('what was filled in is there again, and gone once the circle is open', () => {
  const opening = { ...emptyOpening(me), name: 'Binnenstad', members: [{ id: 'p_joris', name: 'Joris Aalbers' }] };
  expect(keepOpening(me.id, opening)).toBe(true);
  expect(readOpening(me)).toEqual(opening);
  keepOpening(me.id, null);
  expect(readOpening(me)).toEqual(emptyOpening(me));
});

test.each(['no json', 'null', '[]', '{"frame":7,"hosts":"x","members":[null,{"id":3}],"kind":"public"}'])(
  'a draft that cannot be one counts as not filled in: %s',
  (text) => {
    localStorage.setItem(`buitenwacht.opening ${me.id}`, text);
    const opening = readOpening(me);
    expect(opening.kind).toBe('closed');
    expect([opening.name, opening.frame.question, opening.members]).toEqual(['', '', []]);
  },
);

test('a day that is not filled in is not sent, and an internal circle is sent no members', () => {
  const opening = { ...emptyOpening(me), kind: 'internal' as const, members: [me] };
  const sent = toNewCircle(opening);
  expect(sent.frame).not.toHaveProperty('endsOn');
  expect(sent.members).toEqual([]);
  expect(sent.hosts).toEqual([me.id]);
});

test.each([
  ['kind', 'kind'],
  ['name', 'frame'],
  ['frame.endsOn', 'frame'],
  ['hosts', 'hosts'],
  ['deputies.0', 'hosts'],
  ['members.3', 'members'],
])('what is wrong with %s is said at the step of the %s', (path, step) => {
  expect(stepOf(path)).toBe(step);
});
