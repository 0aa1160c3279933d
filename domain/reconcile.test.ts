import { expect, test } from 'vitest';
import { type Identified, type KnownMention, plan, reconcile } from './reconcile.ts';

const bytes = (text: string) => Buffer.from(text);
const item = (key: string, altKeys: string[] = [], fingerprint = 'f'): Identified => ({
  key,
  altKeys,
  fingerprint: bytes(fingerprint),
});
const known = (mentionId: number | null, more: Partial<KnownMention> = {}): KnownMention => ({
  mentionId,
  state: 'live',
  sourceId: 1,
  fingerprint: bytes('f'),
  contentHash: bytes('h'),
  seenHere: true,
  ...more,
});
const plans = (items: Identified[], stored: Record<string, KnownMention>, sourceId = 1) =>
  plan(items, new Map(Object.entries(stored)), sourceId).map((one) => (one.kind === 'skip' ? one.reason : one.kind));

test('what is known and unchanged is skipped, what changed is looked at, what is unknown is new', () => {
  const items = [item('a'), item('b', [], 'other'), item('c')];
  expect(plans(items, { a: known(1), b: known(2) })).toEqual(['unchanged', 'changed', 'new']);
});

test('a tombstone is never raised, whatever took the words', () => {
  const gone = { a: known(1, { state: 'erased' }), b: known(2, { state: 'withdrawn' }), c: known(null) };
  expect(plans([item('a', [], 'x'), item('b'), item('c')], gone)).toEqual(['gone', 'gone', 'gone']);
});

test('a new guid whose other key is known is the same mention', () => {
  expect(plans([item('new', ['alt'], 'x')], { alt: known(1) })).toEqual(['changed']);
});

test('a key that stands under several items of the document makes none of them known', () => {
  expect(plans([item('x', ['alt']), item('y', ['alt'])], { alt: known(1) })).toEqual(['new', 'new']);
});

test('another key does not take a mention that stands in the document under its own', () => {
  expect(plans([item('a'), item('b', ['alt'])], { a: known(1), alt: known(1) })).toEqual(['unchanged', 'new']);
});

test('the same mention twice in one document counts once', () => {
  expect(plans([item('a'), item('a')], {})).toEqual(['new', 'repeated']);
});

test('what another source brought is noted as seen here once, and edited by its own source only', () => {
  const elsewhere = known(1, { sourceId: 9, seenHere: false });
  expect(plans([item('a', [], 'x')], { a: elsewhere })).toEqual(['sighted']);
  expect(plans([item('a', [], 'x')], { a: { ...elsewhere, seenHere: true } })).toEqual(['elsewhere']);
  expect(plans([item('a', [], 'x')], { a: known(1, { sourceId: null }) })).toEqual(['changed']);
});

test('only other content is an edit', () => {
  const facts = { sourceId: 1, authorErased: false };
  expect(reconcile({ contentHash: bytes('h') }, known(1), facts)).toEqual({ kind: 'seen-again', mentionId: 1 });
  expect(reconcile({ contentHash: bytes('i') }, known(1), facts)).toEqual({ kind: 'edited', mentionId: 1 });
  expect(reconcile({ contentHash: bytes('i') }, null, facts)).toEqual({ kind: 'new' });
});

test('an author who was erased brings nothing new and edits nothing', () => {
  const facts = { sourceId: 1, authorErased: true };
  expect(reconcile({ contentHash: bytes('h') }, null, facts)).toEqual({ kind: 'skip', reason: 'author-erased' });
  expect(reconcile({ contentHash: bytes('i') }, known(1), facts)).toEqual({ kind: 'skip', reason: 'author-erased' });
});
