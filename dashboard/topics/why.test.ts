import { expect, test } from 'vitest';
import type { TopicSample } from '../api-topics.ts';
import { nl } from '../words/nl.ts';
import { whyHere, wordToLeaveOut } from './why.ts';

const rows = {
  any: ['Sluisbrug', '"brug bij de sluis"', '#sluis'],
  also: ['omleiding*'],
  not: ['Terneuzen'],
  only: [],
};

/** A sample with its found words between brackets. */
function aSample(marked: string, more: Partial<TopicSample> = {}): TopicSample {
  const spans: TopicSample['spans'] = [];
  let text = '';
  for (const [n, piece] of marked.split(/[[\]]/).entries()) {
    if (n % 2 === 1) spans.push({ part: 'text', from: text.length, to: text.length + piece.length });
    text += piece;
  }
  const rest = { mentionId: 'm', threadId: 't', source: null, at: '2026-11-20T10:00:00Z', judged: null, found: false };
  return { ...rest, language: 'nl', title: null, text, spans, ...more };
}
const says = (sample: TopicSample, asked: typeof rows | null = rows) =>
  whyHere(sample, asked, nl, 'nl').replaceAll('**', '');

test('why something was found names its words and the row each stands in', () => {
  expect(says(aSample('De [sluisbrug]: twee [omleidingen].'))).toBe(
    'Omdat er sluisbrug (een van deze) en omleidingen (en ook een van) in staat. Geen enkel woord uit ‘maar niet’. Taal: Nederlands.',
  );
});

test('a phrase, a hashtag, accents and hyphens are the word of their row', () => {
  for (const word of ['brug bij de sluis', 'Brug  bij de sluis', '#sluis', 'SLUISBRÚG'])
    expect(says(aSample(`[${word}]`)), word).toContain('(een van deze)');
});

test('without rows, without words and without a language it says only what it knows', () => {
  expect(says(aSample('De [brug] ligt er.', { language: null }), null)).toBe('Omdat er brug in staat.');
  expect(says(aSample('Niets.', { language: 'und' }))).toMatch(/^Omdat het past bij ‘alleen in’/);
});

test('the word to leave out is in what is wrong, in nothing that is right, and never what was found', () => {
  const wrong = [aSample('[Sluisbrug] galerie open', { title: null }), aSample('Een galerie bij de [Sluisbrug]')];
  expect(wordToLeaveOut([], wrong)).toBe('galerie');
  expect(wordToLeaveOut([aSample('Naast de galerie: [Sluisbrug]')], wrong)).toBeNull();
  expect(wordToLeaveOut([], [aSample('De [Sluisbrug] dus')])).toBeNull();
});
