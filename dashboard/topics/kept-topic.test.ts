import { beforeEach, expect, test } from 'vitest';
import {
  blankTopic,
  changedSettings,
  isAskingElse,
  isChanged,
  keepTopicDraft,
  readTopicDraft,
  topicKey,
} from './kept-topic.ts';

const key = topicKey('p_1', null);
const saved = { ...blankTopic('p_1'), base: 3, name: 'Sluisbrug', query: 'sluisbrug', sources: ['s_2', 's_1'] };
beforeEach(() => localStorage.clear());

test('what was changed is there again after a reload, for that person and that topic', () => {
  expect(keepTopicDraft(key, saved)).toBe(true);
  expect(readTopicDraft(key)).toEqual(saved);
  expect(readTopicDraft(topicKey('p_2', null))).toBeNull();
  expect(readTopicDraft(topicKey('p_1', 'o_1'))).toBeNull();
  keepTopicDraft(key, null);
  expect(readTopicDraft(key)).toBeNull();
});

test.each([
  'null',
  '[]',
  '"x"',
  '{',
  '{"topic":null}',
  JSON.stringify({ topic: { ...saved, kind: 'other' } }),
  JSON.stringify({ topic: { ...saved, colour: 'constructor' } }),
  JSON.stringify({ topic: { ...saved, sources: [1] } }),
  JSON.stringify({ topic: { ...saved, base: '3' } }),
  JSON.stringify({ topic: { ...saved, query: undefined } }),
])('what cannot be a draft counts as none: %s', (kept) => {
  localStorage.setItem(key, kept);
  expect(readTopicDraft(key)).toBeNull();
});

test('another question is another version; another name is not', () => {
  expect(isAskingElse({ ...saved, query: 'sluisbrug ' }, saved)).toBe(false);
  expect(isAskingElse({ ...saved, sources: ['s_1', 's_2'] }, saved)).toBe(false);
  expect(isAskingElse({ ...saved, sources: null }, saved)).toBe(true);
  expect(isAskingElse({ ...saved, query: 'brug' }, saved)).toBe(true);
  const renamed = { ...saved, name: 'Brug', purpose: 'Antwoorden' };
  expect(isAskingElse(renamed, saved)).toBe(false);
  expect(changedSettings(renamed, saved)).toEqual({ name: 'Brug', purpose: 'Antwoorden' });
  expect(isChanged(renamed, saved)).toBe(true);
  expect(isChanged({ ...saved }, saved)).toBe(false);
});
