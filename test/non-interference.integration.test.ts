import { describe, expect, test } from 'vitest';
import { startSearch } from '#api/start-search.ts';
import { type AnyRequest, anyRequests } from './any-request.ts';
import { twoWorlds } from './two-worlds.ts';

/**
 * Z6 of reliability.md, first size: a world, and the same world with things in it that nobody who asks may see. Whatever they ask, every
 * answer is the same to the byte: status, headers and body. Cursors are written open here, so that what they hold is compared too.
 */
const requests = process.env.FULL ? 10_000 : 2_000;
const seed = Number(process.env.SEED ?? 20_261_123);

describe('what is hidden', () => {
  test(`changes no byte of ${requests} answers, on PostgreSQL (seed ${seed})`, { timeout: 300_000 }, async () => {
    await hold(
      await twoWorlds(seed, async (db) => {
        const search = await startSearch(db, { elasticsearchUrl: null, elasticsearchIndex: '' });
        return { search, close: search.close };
      }),
    );
  });
});

type Worlds = Awaited<ReturnType<typeof twoWorlds>>;

async function hold({ plain, more, shared, hidden, close }: Worlds): Promise<void> {
  try {
    const next = anyRequests(seed, shared, hidden, plain.encode);
    const differences: string[] = [];
    const answered = new Map<string, number>();
    // The page that follows the last one: asked for now and then, so that cursors come back.
    let following: AnyRequest | null = null;
    for (let n = 0; n < requests && differences.length < 3; n += 1) {
      const request: AnyRequest = (n % 4 === 0 && following) || next();
      const { person, path, headers } = request;
      const [one, other] = await Promise.all([plain.ask(person, path, headers), more.ask(person, path, headers)]);
      if (one !== other) differences.push(`${person?.name} asks ${path}\n${apart(one, other)}`);
      const cursor = /"cursor":"([^"]+)"/.exec(one)?.[1];
      const first = path.replace(/&cursor=.*/, '');
      following = cursor ? { ...request, path: `${first}${first.includes('?') ? '&' : '?'}cursor=${cursor}` } : null;
      const kind = `${path.replace(/[?].*/, '').replace(/[tmq]_[\w-]+|[\w-]{43}/, '…')} ${one.slice(0, 3)}`;
      answered.set(kind, (answered.get(kind) ?? 0) + 1);
    }
    expect(differences.join('\n\n')).toBe('');
    // It asked for something everywhere, and for what is not to be seen.
    const kinds = new Set([...answered.keys()].map((kind) => kind.slice(0, -4)));
    expect([...kinds].filter((kind) => !((answered.get(`${kind} 200`) ?? 0) >= 5))).toEqual([]);
    expect(kinds.size).toBeGreaterThan(14);
    for (const kind of ['/api/threads/…', '/api/mentions/…', '/api/searches/…', '/feeds/….atom'])
      expect(answered.get(`${kind} 404`), kind).toBeGreaterThan(10);
  } finally {
    await close();
  }
}

/** Where two answers begin to differ. */
function apart(one: string, other: string): string {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  return `… ${around(one)}\n… ${around(other)}`;
}
