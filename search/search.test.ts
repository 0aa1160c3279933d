import { expect, test } from 'vitest';
import { EngineAwayError, type Hit, type SearchEngine } from './engine.ts';
import { createSearch } from './search.ts';

const scope = { circles: [1] };
const asked = { query: { kind: 'all' }, scope, sort: 'newest', after: null, limit: 5 } as const;
const hit = (id: number): Hit => ({ sortAt: id, kind: 'mention', id, threadId: id, circleId: 1 });

/** An engine that answers as it is told to; counts how often it is asked. */
function engineOf(name: SearchEngine['name'], answer: () => Promise<Hit[]>) {
  const engine: SearchEngine & { asked: number } = {
    name,
    asked: 0,
    newest: async () => {
      engine.asked += 1;
      return await answer();
    },
    seenBefore: async () => [],
    best: async () => await answer(),
    facets: async () => {
      throw new EngineAwayError('away');
    },
    close: async () => undefined,
  };
  return engine;
}
const postgres = () => engineOf('postgres', async () => [hit(1)]);
const hanging = () => new Promise<Hit[]>(() => undefined);

test('the engine that is there answers, and PostgreSQL when the other says that it is away', async () => {
  const alone = createSearch({ postgres: postgres() });
  expect(await alone.page(asked)).toMatchObject({ engine: 'postgres', fellBack: false });

  const elasticsearch = engineOf('elasticsearch', async () => [hit(2)]);
  const both = createSearch({ postgres: postgres(), elasticsearch });
  expect(await both.page(asked)).toMatchObject({
    engine: 'elasticsearch',
    fellBack: false,
    threads: [{ threadId: 2 }],
  });

  const away = engineOf('elasticsearch', async () => {
    throw new EngineAwayError('refused');
  });
  const fallen = createSearch({ postgres: postgres(), elasticsearch: away });
  for (let time = 1; time <= 2; time++) {
    expect(await fallen.page(asked)).toMatchObject({ engine: 'postgres', fellBack: true, threads: [{ threadId: 1 }] });
    // It said so at once, which costs nothing: it is asked each time.
    expect(away.asked).toBe(time);
  }
  expect(await fallen.newest({ kind: 'all' }, scope, 5)).toEqual([hit(1)]);
});

test('an engine that hangs is waited for once, and asked again when it answered while nobody waited', async () => {
  let hangs = true;
  const elasticsearch = engineOf('elasticsearch', () => (hangs ? hanging() : Promise.resolve([hit(2)])));
  const search = createSearch({ postgres: postgres(), elasticsearch, withinMs: 40, restMs: 20 });
  try {
    // Two who ask at the same moment both wait; whoever comes later does not.
    const first = await Promise.all([search.page(asked), search.page(asked)]);
    expect(first.map(({ engine, fellBack }) => [engine, fellBack])).toEqual([
      ['postgres', true],
      ['postgres', true],
    ]);
    const before = elasticsearch.asked;
    for (let i = 0; i < 50; i++) expect((await search.page(asked)).engine).toBe('postgres');
    expect(elasticsearch.asked - before).toBeLessThanOrEqual(50 / 2);
    hangs = false;
    await expect.poll(async () => (await search.page(asked)).engine, { timeout: 5_000 }).toBe('elasticsearch');
  } finally {
    await search.close();
  }
});

test('a question too hard for an engine that answers others takes it from nobody', async () => {
  let isHard = true;
  const elasticsearch: SearchEngine = {
    ...engineOf('elasticsearch', () => Promise.resolve([hit(2)])),
    newest: (query) => (isHard && query.kind === 'all' ? hanging() : Promise.resolve([hit(2)])),
  };
  const search = createSearch({ postgres: postgres(), elasticsearch, withinMs: 40, restMs: 600_000 });
  try {
    expect((await search.page(asked)).engine).toBe('postgres');
    isHard = false;
    await expect.poll(async () => (await search.page(asked)).engine, { timeout: 5_000 }).toBe('elasticsearch');
  } finally {
    await search.close();
  }
});

test('a mistake of ours is not taken for an engine that is away', async () => {
  const broken = engineOf('elasticsearch', async () => {
    throw new TypeError('undefined is not a function');
  });
  const search = createSearch({ postgres: postgres(), elasticsearch: broken });
  await expect(search.page(asked)).rejects.toThrow(TypeError);
});
