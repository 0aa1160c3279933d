import { describe, expect, test } from 'vitest';
import { startSearch } from '#api/access-engines.ts';
import { createLog } from '#platform/log.ts';
import { buildIndex } from '#workers/build-index.ts';
import { type AnyRequest, anyRequests } from './any-request.ts';
import { elasticsearchUrl, freshIndices } from './elasticsearch.ts';
import { twoWorlds } from './two-worlds.ts';

/**
 * Z6 of reliability.md, first size: a world, and the same world with things in it that nobody who asks may see. Whatever they ask, every
 * answer is the same to the byte: status, headers and body. Cursors are written open here, so that what they hold is compared too.
 */
const requests = process.env.FULL ? 10_000 : 2_000;
const atOnce = 5;
const timeout = process.env.FULL ? 900_000 : 300_000;
const seed = Number(process.env.SEED ?? 20_261_123);

describe('what is hidden', () => {
  test(`changes no byte of ${requests} answers, on PostgreSQL (seed ${seed})`, { timeout }, async () => {
    const worlds = await twoWorlds(seed, async (db) => {
      const search = await startSearch(db, { elasticsearchUrl: null, elasticsearchIndex: '' });
      return { search, close: search.close };
    });
    await hold(worlds, 'postgres');
  });

  test.skipIf(!elasticsearchUrl)(
    `changes no byte of ${requests} answers, on Elasticsearch (ELASTICSEARCH_URL; seed ${seed})`,
    { timeout },
    async () => {
      const worlds = await twoWorlds(seed, async (db) => {
        const { client, prefix, drop } = freshIndices();
        await buildIndex({ db, client, prefix, log: createLog('silent') });
        const search = await startSearch(db, { elasticsearchUrl: elasticsearchUrl!, elasticsearchIndex: prefix });
        return { search, close: async () => void (await Promise.all([search.close(), drop()])) };
      });
      await hold(worlds, 'elasticsearch');
    },
  );
});

type Worlds = Awaited<ReturnType<typeof twoWorlds>>;

async function hold({ plain, moreFor, shared, hidden, close }: Worlds, engine: string): Promise<void> {
  try {
    const next = anyRequests(seed, shared, hidden, plain.encode);
    const differences: string[] = [];
    const answered = new Map<string, number>();
    const engines = { ours: 0, other: 0 };
    // The page that follows the last one: asked for now and then, so that cursors come back.
    let following: AnyRequest | null = null;
    const look = async (request: AnyRequest): Promise<void> => {
      const { person, method = 'GET', path } = request;
      const [one, other] = await Promise.all([plain.ask(person, request), moreFor(person).ask(person, request)]);
      if (one !== other) differences.push(`${person?.name} asks ${method} ${path}\n${apart(one, other)}`);
      for (const [, name] of one.matchAll(/"engine":"(\w+)"/g)) engines[name === engine ? 'ours' : 'other'] += 1;
      const cursor = method === 'GET' && /"cursor":"([^"]+)"/.exec(one)?.[1];
      const first = path.replace(/&cursor=.*/, '');
      if (cursor) following = { ...request, path: `${first}${first.includes('?') ? '&' : '?'}cursor=${cursor}` };
      const kind = `${method} ${path
        .replace(/[?].*/, '')
        .replace(/\b[a-z]_[\w-]{22}|[\w-]{43}/, '…')
        .replace(/as\/\w+/, 'as/…')} ${one.slice(0, 3)}`;
      answered.set(kind, (answered.get(kind) ?? 0) + 1);
    };
    for (let n = 0; n < requests && differences.length < 3; n += atOnce) {
      const again: AnyRequest[] = following ? [following] : [];
      following = null;
      const asked = [...again, ...Array.from({ length: atOnce - again.length }, next)];
      await Promise.all(asked.map(look));
    }
    expect(differences.join('\n\n')).toBe('');
    // On a busy machine an engine is given up on now and then, and the other asked.
    expect(engines.ours).toBeGreaterThan(20 * engines.other);
    // It asked for something everywhere, and for what is not to be seen; acts are refused whoever asks.
    const kinds = new Set([...answered.keys()].map((kind) => kind.slice(0, -4)));
    const reads = [...kinds].filter((kind) => kind.startsWith('GET '));
    expect(reads.filter((kind) => !answered.has(`${kind} 200`))).toEqual([]);
    expect(reads.length).toBeGreaterThan(30);
    for (const kind of ['/api/threads/…', '/api/mentions/…', '/api/searches/…', '/feeds/….atom', '/api/circles/…'])
      expect(answered.get(`GET ${kind} 404`), kind).toBeGreaterThan(10);
    const done = [...answered.keys()].filter((kind) => /^(?!GET|POST .api.(query|topics.preview)).* 2/.test(kind));
    expect(done).toEqual([]);
  } finally {
    await close();
  }
}

/** Where two answers begin to differ. */
function apart(one: string, other: string): string {
  const around = (from: number) => {
    let at = from;
    while (at < one.length && one[at] === other[at]) at += 1;
    return [one, other].map((text) => `… ${text.slice(Math.max(from, at - 200), at + 200)}`).join('\n');
  };
  // A tag of the body differs with it: what is said is looked for first.
  const body = one.indexOf('\n\n');
  return body === other.indexOf('\n\n') && one.slice(body) !== other.slice(body) ? around(body) : around(0);
}
