import { expect, test } from 'vitest';
import { type Candidate, joinCandidates, type KeyRow } from './join.ts';

const noon = new Date('2026-11-20T12:00:00Z');
const days = (count: number) => new Date(noon.getTime() + count * 86_400_000);
const candidate = (mentionId: number, keys: string[], more: Partial<Candidate> = {}): Candidate => ({
  mentionId,
  sourceId: mentionId,
  at: noon,
  threadId: null,
  keys: keys.map((key) => ({ key, kind: key.startsWith('u') ? 'url' : 'text' })),
  ...more,
});
/** The row a candidate inserted itself, or one that was there. */
const row = (key: string, mentionId: number, more: Partial<KeyRow> = {}): KeyRow => ({
  key,
  threadId: 1_000 + mentionId,
  mentionId,
  sourceId: mentionId,
  at: noon,
  ambiguous: false,
  ...more,
});
const nobody = new Set<string>();

test('a candidate without company begins its own thread', () => {
  const joins = joinCandidates([candidate(1, ['u1'])], [row('u1', 1)], nobody);
  expect(joins).toMatchObject({ joined: [], born: [{ origin: { mentionId: 1 }, copies: [] }] });
});

test('copies that arrive together begin one thread, the earliest is its origin', () => {
  const joins = joinCandidates(
    [candidate(1, ['t1'], { at: days(1) }), candidate(2, ['t1', 'u2']), candidate(3, ['u2'], { at: days(2) })],
    [row('t1', 1, { at: days(1) }), row('u2', 2)],
    nobody,
  );
  expect(joins.born).toHaveLength(1);
  expect(joins.born[0]).toMatchObject({
    origin: { mentionId: 2 },
    copies: [
      { mentionId: 1, reason: 'same-text' },
      { mentionId: 3, reason: 'same-address' },
    ],
  });
});

test('a thread that is there goes before one that would be born, the oldest before the others', () => {
  const joins = joinCandidates(
    [candidate(1, ['u1', 't1']), candidate(2, ['t1'])],
    [row('u1', 90, { threadId: 9 }), row('t1', 50, { threadId: 5 })],
    nobody,
  );
  expect(joins.born).toEqual([]);
  expect(joins.joined.map(({ mentionId, threadId }) => [mentionId, threadId])).toEqual([
    [1, 5],
    [2, 5],
  ]);
});

test('equal text joins within seven days; later it begins anew and the key goes with it', () => {
  const old = [row('t1', 50, { threadId: 5, at: days(-8) })];
  const joins = joinCandidates([candidate(1, ['t1'])], old, nobody);
  expect(joins).toMatchObject({ joined: [], renewed: [{ key: 't1', candidate: { mentionId: 1 } }] });
  // An address has no such term.
  expect(joinCandidates([candidate(1, ['u1'])], [row('u1', 50, { at: days(-800) })], nobody).joined).toHaveLength(1);
});

test('a key that one source gives to several mentions joins nothing, not even others', () => {
  const twice = [candidate(1, ['u1'], { sourceId: 7 }), candidate(2, ['u1'], { sourceId: 7 }), candidate(3, ['u1'])];
  expect(joinCandidates(twice, [row('u1', 1, { sourceId: 7 })], nobody)).toMatchObject({
    joined: [],
    ambiguous: ['u1'],
  });
  const later = [candidate(2, ['u1'], { sourceId: 7 })];
  expect(joinCandidates(later, [row('u1', 1, { sourceId: 7 })], nobody)).toMatchObject({
    joined: [],
    ambiguous: ['u1'],
  });
  expect(joinCandidates([candidate(3, ['u1'])], [row('u1', 1, { ambiguous: true })], nobody).joined).toEqual([]);
});

test('a source that stands in a thread already does not join it again under the same key', () => {
  const joins = joinCandidates([candidate(2, ['u1'])], [row('u1', 1, { threadId: 5 })], new Set(['5:2']));
  expect(joins).toMatchObject({ joined: [], ambiguous: ['u1'] });
});

test('two mentions of one source that arrive together do not come into one thread by two keys', () => {
  const both = [
    candidate(1, ['u1'], { sourceId: 7 }),
    candidate(2, ['u2'], { sourceId: 7, at: days(1) }),
    candidate(3, ['u2']),
  ];
  // As when they come one after the other: the first joins, the key of the second says nothing any more.
  const held = [row('u1', 90, { threadId: 5 }), row('u2', 90, { threadId: 5 })];
  expect(joinCandidates(both, held, nobody)).toMatchObject({
    joined: [{ mentionId: 1, threadId: 5 }],
    born: [
      { origin: { mentionId: 2 }, copies: [] },
      { origin: { mentionId: 3 }, copies: [] },
    ],
    ambiguous: ['u2'],
  });
  // Nor in a thread that they would begin with others.
  const chain = [...both.slice(0, 2), candidate(4, ['u1', 'u2'])];
  const born = joinCandidates(chain, [row('u1', 1, { sourceId: 7 }), row('u2', 2, { sourceId: 7 })], nobody).born;
  expect(born.map(({ origin, copies }) => [origin.mentionId, ...copies.map(({ mentionId }) => mentionId)])).toEqual([
    [1, 4],
    [2],
  ]);
});

test('an edited mention stays where it is, and its new words lead copies to it', () => {
  const edited = candidate(1, ['t9'], { threadId: 3 });
  const joins = joinCandidates([edited, candidate(2, ['t9'])], [row('t9', 1, { threadId: 3 })], nobody);
  expect(joins).toMatchObject({ joined: [{ mentionId: 2, threadId: 3 }], born: [] });
});
