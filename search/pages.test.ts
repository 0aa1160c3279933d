import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hit, Place, SearchEngine } from './engine.ts';
import { type FoundThread, readPage } from './pages.ts';

const kinds = { mention: 1, reply: 2 };
const newestFirst = (a: Place, b: Place) => b.sortAt - a.sortAt || kinds[b.kind] - kinds[a.kind] || b.id - a.id;

/** An engine that finds these, whatever is asked; best first by number. */
function engineOf(hits: readonly Hit[]): SearchEngine {
  const newest = [...hits].sort(newestFirst);
  return {
    name: 'postgres',
    newest: async (_query, _scope, after, limit) =>
      newest.filter((hit) => !after || newestFirst(after, hit) < 0).slice(0, limit),
    seenBefore: async (_query, _scope, threadIds, above) => [
      ...new Set(
        newest
          .filter((hit) => newestFirst(hit, above) < 0 && threadIds.includes(hit.threadId))
          .map(({ threadId }) => threadId),
      ),
    ],
    best: async (_query, _scope, limit) => [...newest].sort((a, b) => a.id - b.id).slice(0, limit),
    facets: async () => {
      throw new Error('not asked');
    },
    close: async () => undefined,
  };
}

async function allPages(hits: readonly Hit[], sort: 'newest' | 'best', limit: number) {
  const threads: FoundThread[] = [];
  const sizes: number[] = [];
  for (let after: readonly bigint[] | null = null; ; ) {
    const page = await readPage(engineOf(hits), {
      query: { kind: 'all' },
      scope: { circles: [1] },
      sort,
      after,
      limit,
    });
    threads.push(...page.threads);
    sizes.push(page.threads.length);
    if (!page.next) return { threads, sizes };
    after = page.next;
  }
}

const anyHits = fc
  .array(fc.record({ sortAt: fc.nat({ max: 9 }), isReply: fc.boolean(), threadId: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 80,
  })
  .map((list) =>
    list.map(
      ({ sortAt, isReply, threadId }, id): Hit => ({
        sortAt,
        kind: isReply ? 'reply' : 'mention',
        id,
        threadId,
        circleId: 1,
      }),
    ),
  );

test('every thread comes once, at its newest hit, in order, however the pages are cut', async () => {
  await fc.assert(
    fc.asyncProperty(anyHits, fc.integer({ min: 1, max: 6 }), async (hits, limit) => {
      const { threads, sizes } = await allPages(hits, 'newest', limit);
      const expected = new Map<number, number>();
      for (const hit of [...hits].sort(newestFirst))
        if (!expected.has(hit.threadId)) expected.set(hit.threadId, hit.sortAt);
      expect(threads.map(({ threadId, sortAt }) => [threadId, sortAt])).toEqual([...expected]);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
    }),
  );
});

test('every thread comes once at its best hit too', async () => {
  await fc.assert(
    fc.asyncProperty(anyHits, fc.integer({ min: 1, max: 6 }), async (hits, limit) => {
      const { threads } = await allPages(hits, 'best', limit);
      expect(threads.map(({ threadId }) => threadId)).toEqual([...new Set(hits.map(({ threadId }) => threadId))]);
    }),
  );
});

test('a thread of ten thousand hits costs a short page, not a question for each twenty-five of them', async () => {
  let questions = 0;
  const hits = Array.from(
    { length: 10_000 },
    (_, id): Hit => ({ sortAt: id, kind: 'reply', id, threadId: 1, circleId: 1 }),
  );
  const engine = engineOf(hits);
  const counted: SearchEngine = {
    ...engine,
    newest: (...asked) => {
      questions += 1;
      return engine.newest(...asked);
    },
  };
  const asked = { query: { kind: 'all' }, scope: { circles: [1] }, sort: 'newest', after: null, limit: 20 } as const;
  const page = await readPage(counted, asked);
  expect(page.threads).toHaveLength(1);
  expect(page.next).not.toBeNull();
  expect(questions).toBeLessThan(6);
});

test('the number of what was found is told when all of it stands on the page', async () => {
  const hits = [1, 2, 3].map((id): Hit => ({ sortAt: id, kind: 'mention', id, threadId: id, circleId: 1 }));
  for (const sort of ['newest', 'best'] as const) {
    const asked = { query: { kind: 'all' }, scope: { circles: [1] }, sort, after: null } as const;
    expect((await readPage(engineOf(hits), { ...asked, limit: 5 })).total).toBe(3);
    expect((await readPage(engineOf(hits), { ...asked, limit: 2 })).total).toBeNull();
  }
});
