import { beforeEach, expect, test } from 'vitest';
import { draftKey, forgetOldDrafts, joinDrafts, keepDraft, readDraft } from './drafts.ts';

const key = draftKey('p_sanne', 't_brug');
const draft = { text: 'Dag', tokens: [], quotes: [{ id: 'm_1', from: 0, to: 3 }] };

beforeEach(() => localStorage.clear());

test('a draft comes back as it was, for this person and this place only', () => {
  keepDraft(key, { ...draft, title: 'Kraam' });
  expect(readDraft(key)).toEqual({ ...draft, title: 'Kraam' });
  expect(readDraft(draftKey('p_joris', 't_brug'))).toBe(null);
  expect(readDraft(draftKey('p_sanne', 't_kraam'))).toBe(null);
});

test('a draft of which nothing is left is forgotten', () => {
  keepDraft(key, draft);
  keepDraft(key, { text: ' \n', tokens: [], quotes: [] });
  expect(localStorage.length).toBe(0);
});

test('words of a quote are not kept, only which words they are', () => {
  keepDraft(key, draft);
  expect(JSON.parse(localStorage.getItem(key)!).quotes).toEqual([{ id: 'm_1', from: 0, to: 3 }]);
});

test.each(['', 'null', '3', '{', '{"text":1}', '{"text":"a","tokens":"x","quotes":[]}'])(
  'what is no draft counts as none: %s',
  (kept) => {
    localStorage.setItem(key, kept);
    expect(readDraft(key)).toBe(null);
  },
);

test('parts that cannot be right are left out of a draft', () => {
  localStorage.setItem(key, JSON.stringify({ ...draft, tokens: [{ label: '' }, 3], quotes: [{ id: 'm', from: 'x' }] }));
  expect(readDraft(key)).toEqual({ text: 'Dag', tokens: [], quotes: [] });
});

test('what comes back beside what was typed meanwhile is put before it', () => {
  const meanwhile = { text: 'Nog iets', tokens: [], quotes: [] };
  expect(joinDrafts(draft, meanwhile)).toEqual({ ...draft, text: 'Dag\n\nNog iets' });
  expect(joinDrafts(draft, { text: '', tokens: [], quotes: [] })).toEqual(draft);
});

test('drafts of long ago are let go, others and strangers stay', () => {
  keepDraft(key, draft);
  localStorage.setItem('buitenwacht.preferences', '{}');
  forgetOldDrafts(Date.now() + 59 * 86_400_000);
  expect(readDraft(key)).not.toBe(null);
  forgetOldDrafts(Date.now() + 61 * 86_400_000);
  expect(readDraft(key)).toBe(null);
  expect(localStorage.getItem('buitenwacht.preferences')).toBe('{}');
});
