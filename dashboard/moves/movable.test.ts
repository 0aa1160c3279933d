import { expect, test } from 'vitest';
import type { Thread } from '../api.ts';
import { circlesFrom, circlesTo } from './movable.ts';

const circle = (id: string, kind: 'internal' | 'closed' | 'desk', name = id) => ({ id, kind, name });
const [everyone, poli, desk] = [
  circle('c_all', 'internal', 'everyone'),
  circle('c_poli', 'closed'),
  circle('c_desk', 'desk'),
];
const thread = {
  starter: { id: 'p_anna' },
  replies: [{ circle: everyone }, { circle: poli }],
  audiences: [{ circle: everyone }, { circle: poli }, { circle: desk }],
} as unknown as Thread;
const nobody = { id: 'p_bram', keeps: new Set<string>(), isDesk: false };
const ids = (circles: { id: string }[]) => circles.map(({ id }) => id);

test('who began it moves it out of every circle in which it is talked about', () => {
  expect(ids(circlesFrom(thread, { ...nobody, id: 'p_anna' }))).toEqual(['c_all', 'c_poli']);
});

test('a host moves it out of the circle they keep, and out of no other', () => {
  expect(ids(circlesFrom(thread, { ...nobody, keeps: new Set(['c_poli']) }))).toEqual(['c_poli']);
});

test('the desk moves it where there are no hosts', () => {
  expect(ids(circlesFrom(thread, { ...nobody, isDesk: true }))).toEqual(['c_all']);
});

test('who only reads and writes along moves nothing', () => {
  expect(circlesFrom(thread, nobody)).toEqual([]);
});

test('it goes to another circle than the one it leaves', () => {
  expect(ids(circlesTo(thread, 'c_poli'))).toEqual(['c_all', 'c_desk']);
});
