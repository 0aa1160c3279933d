import { beforeEach, expect, test } from 'vitest';
import { blankTopic, changesOf, isAskingElse, keepTopic, readKept, topicKey } from './kept-topic.ts';

const key = topicKey('p_1', null);
const saved = { ...blankTopic('p_1'), base: 3, name: 'Sluisbrug', query: 'sluisbrug', sources: ['s_2', 's_1'] };
const kept = { base: 3, changes: { name: 'Brug', legalBasis: null, sources: null } };
beforeEach(() => localStorage.clear());

test('what was changed is there again after a reload, for that person and that topic', () => {
  expect(keepTopic(key, kept)).toBe(true);
  expect(readKept(key)).toEqual(kept);
  expect(readKept(topicKey('p_2', null))).toBeNull();
  expect(readKept(topicKey('p_1', 'o_1'))).toBeNull();
  keepTopic(key, null);
  expect(readKept(key)).toBeNull();
});

test.each([
  'null',
  '[]',
  '"x"',
  '{',
  '{"topic":null}',
  '{"topic":{"base":1,"changes":null}}',
  '{"topic":{"base":1,"changes":{"constructor":"x"}}}',
  JSON.stringify({ topic: { ...kept, base: '3' } }),
  JSON.stringify({ topic: { base: 3, changes: { kind: 'other' } } }),
  JSON.stringify({ topic: { base: 3, changes: { colour: 'constructor' } } }),
  JSON.stringify({ topic: { base: 3, changes: { sources: [1] } } }),
  JSON.stringify({ topic: { base: 3, changes: { name: null } } }),
])('what cannot be a draft counts as none: %s', (written) => {
  localStorage.setItem(key, written);
  expect(readKept(key)).toBeNull();
});

test('only what was changed is kept, so that the rest follows what colleagues do', () => {
  expect(changesOf({ ...saved, name: 'Brug', purpose: 'Antwoorden' }, saved)).toEqual({
    name: 'Brug',
    purpose: 'Antwoorden',
  });
  expect(changesOf({ ...saved }, saved)).toEqual({});
  expect(changesOf({ ...saved, note: 'ruimer' }, saved)).toEqual({ note: 'ruimer' });
  expect(changesOf({ ...saved, query: 'sluisbrug ' }, saved)).toEqual({ query: 'sluisbrug ' });
});

test('other words or other sources are another version; another name, order or space is not', () => {
  const isElse = (part: Partial<typeof saved>) => isAskingElse(changesOf({ ...saved, ...part }, saved), saved);
  expect(isElse({ query: 'brug' })).toBe(true);
  expect(isAskingElse(changesOf({ ...saved, sources: null }, saved), saved)).toBe(true);
  expect(isElse({ sources: ['s_1'] })).toBe(true);
  expect(isElse({ sources: ['s_1', 's_2'] })).toBe(false);
  expect(isElse({ query: ' sluisbrug ' })).toBe(false);
  expect(isElse({ name: 'Brug' })).toBe(false);
});
