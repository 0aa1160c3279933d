import { expect, test } from 'vitest';
import type { Reference } from '../api-talk.ts';
import { emptyComposed, fromReply, markAgainstName, nameBeingWritten, type Token, toWritten } from './written.ts';

const person = (label: string, id: string): Token => ({ label, reference: { kind: 'person', id } });

test('names become references in their order; the longest name wins, and part of a word is no name', () => {
  const tokens = [person('@Jan', 'p_jan'), person('@Jan de Wit', 'p_wit')];
  expect(toWritten({ text: '@Jan de Wit en @Jan, niet @Janna. @Jan?', tokens, quotes: [] })).toEqual({
    text: '\uFFFC en \uFFFC, niet @Janna. \uFFFC?',
    references: [
      { kind: 'person', id: 'p_wit' },
      { kind: 'person', id: 'p_jan' },
      { kind: 'person', id: 'p_jan' },
    ],
  });
});

test('quotes stand first, each on its own line; a place for a reference cannot be typed', () => {
  const quotes = [{ id: 'm_1', from: 2, to: 9 }];
  expect(toWritten({ text: ' Klopt\uFFFC dit? ', tokens: [], quotes })).toEqual({
    text: '\uFFFC\nKlopt dit?',
    references: [{ kind: 'quote', id: 'm_1', from: 2, to: 9 }],
  });
  expect(toWritten(emptyComposed)).toEqual({ text: '', references: [] });
});

test('a reply that is changed and sent again says the same', () => {
  const references: Reference[] = [
    { kind: 'quote', id: 'm_1', threadId: 't_1', from: 0, to: 4, text: 'brug', source: null },
    { kind: 'person', id: 'p_1', name: 'Joris Aalbers' },
    { kind: 'thread', id: 't_2', title: 'Kraam' },
    { kind: 'mention', id: 'm_2', threadId: 't_3', title: null, source: 'Krant' },
  ];
  const text = '\uFFFC\nDag \uFFFC, zie \uFFFC en \uFFFC.';
  const composed = fromReply(text, references, ({ kind }, number) => `${kind} ${number}`);
  expect(composed.text).toBe('Dag @Joris Aalbers, zie [thread 2] en [mention 3].');
  expect(toWritten(composed)).toEqual({
    text,
    references: [
      { kind: 'quote', id: 'm_1', from: 0, to: 4 },
      { kind: 'person', id: 'p_1' },
      { kind: 'thread', id: 't_2' },
      { kind: 'mention', id: 'm_2' },
    ],
  });
});

test('what is gone is not sent again', () => {
  const gone: Reference = { kind: 'thread', id: null, title: null };
  expect(fromReply('a \uFFFC b', [gone], () => 'x')).toEqual({ text: 'a  b', tokens: [], quotes: [] });
});

test.each([
  ['Dag @jo', { from: 4, begun: 'jo' }],
  ['@', { from: 0, begun: '' }],
  ['(@Joris Aal', { from: 1, begun: 'Joris Aal' }],
  ['mail@jo', null],
  ['@jo en toen nog', null],
  ['Dag jo', null],
])('a name is being written: %s', (before, expected) => {
  expect(nameBeingWritten(before)).toEqual(expected);
});

test.each([
  ['Klopt dit, @Joris ', 'Klopt dit, @Joris ?', 'Klopt dit, @Joris?'],
  ['@Joris  en', '@Joris , en', '@Joris, en'],
  ['@Marja ', '@Marja ?', '@Marja ?'],
  ['@Joris ', '@Joris :', '@Joris :'],
  ['@Joris', '@Joris ?', '@Joris ?'],
])('a mark typed after a chosen name stands against it: %s', (text, typed, expected) => {
  const caret = typed.search(/[,?:]( en)?$/) + 1;
  const before = { text, tokens: [person('@Joris', 'p_joris')], quotes: [] };
  expect(markAgainstName(before, typed, caret)).toEqual({
    text: expected,
    caret: caret - (typed.length - expected.length),
  });
});
