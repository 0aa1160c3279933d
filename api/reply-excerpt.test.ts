import { expect, test } from 'vitest';
import type { ReferenceFacts } from '#storage/reply-references.ts';
import { digestOfWords } from './quote.ts';
import { replyExcerpt } from './reply-excerpt.ts';

const reference = (given: Partial<ReferenceFacts>): ReferenceFacts => ({
  replyId: 1,
  kind: 'mention',
  personId: null,
  threadId: null,
  mentionId: null,
  from: null,
  to: null,
  digest: null,
  person: null,
  visible: true,
  title: null,
  source: null,
  text: null,
  ...given,
});
const quote = (text: string | null, digest = digestOfWords('de brug')) =>
  reference({ kind: 'quote', from: 6, to: 13, digest, text });

test('references read as words, on one line', () => {
  const references = [
    reference({ kind: 'person', person: 'Sanne' }),
    quote('Ja 😀 de brug is dicht.'),
    reference({ kind: 'thread', title: 'Brug dicht' }),
    reference({ source: 'De Waardbode' }),
  ];
  const text = '\uFFFC: \uFFFC\n\nzie \uFFFC\tof \uFFFC ';
  expect(replyExcerpt({ text, references })).toBe('@Sanne: zie “Brug dicht” of “De Waardbode”');
});

test('a quote stands there only where the reply says nothing itself', () => {
  const references = [quote('Ja 😀 de brug is dicht.'), reference({ kind: 'person', person: 'Sanne' })];
  expect(replyExcerpt({ text: '\uFFFC\nklopt dit, \uFFFC?', references })).toBe('klopt dit, @Sanne?');
  expect(replyExcerpt({ text: '\uFFFC\n…', references })).toBe('“de brug” …');
  expect(replyExcerpt({ text: '\uFFFC\n😀', references })).toBe('😀');
});

test('words that are gone, hidden or were changed by their author are an ellipsis, as is a place without a reference', () => {
  const references = [reference({ kind: 'thread' }), quote(null), quote('Ja 😀 de weg is dicht.')];
  expect(replyExcerpt({ text: '\uFFFC \uFFFC \uFFFC \uFFFC', references })).toBe('… … … …');
});

test('a long reply ends within two hundred characters, none of them cut in half', () => {
  const excerpt = replyExcerpt({ text: '😀'.repeat(400), references: [] });
  expect(Array.from(excerpt)).toHaveLength(200);
  expect(excerpt).toMatch(/^😀+…$/u);
});
