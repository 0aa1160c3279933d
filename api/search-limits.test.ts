import { expect, test } from 'vitest';
import type { Search } from '#search/search.ts';
import { accessSearch } from './access-search.ts';

const viewer = {
  key: 'p1',
  personId: 1,
  name: 'Joris',
  colleague: true,
  rights: ['member', 'colleague'],
  circles: [1, 2],
} as const;
const asked = { q: 'brug', sort: 'newest', limit: 20 } as const;
const ask = (page: () => Promise<never>) => {
  const deps = {
    db: null!,
    ids: null!,
    seal: null!,
    timeZone: 'Europe/Amsterdam',
    search: { page } as unknown as Search,
  };
  return accessSearch(deps, viewer, asked);
};

test.each([
  ['a statement that takes too long', { code: '57014' }],
  ['a transaction that takes too long', { code: '25P04' }],
  ['no connection for it', { message: 'timeout exceeded when trying to connect' }],
])('a search that costs %s is given up, and is no fault of ours', async (_, error) => {
  const failing = () => Promise.reject(Object.assign(new Error('no'), error));
  await expect(ask(failing)).rejects.toMatchObject({ code: 'busy' });
});

test('anything else stays a fault', async () => {
  await expect(ask(() => Promise.reject(new TypeError('no')))).rejects.toThrow(TypeError);
});

test('one person has two searches under way, and no more than twenty wait', async () => {
  const ends: ((why: Error) => void)[] = [];
  const waiting = () => new Promise<never>((_, reject) => ends.push(reject));
  const all = Array.from({ length: 22 }, () => ask(waiting).catch((error: unknown) => error));
  await expect(ask(waiting)).rejects.toMatchObject({ code: 'busy' });
  expect(ends).toHaveLength(2);
  for (let n = 0; n < all.length; n += 1) {
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    ends.shift()!(new Error('gone'));
  }
  await Promise.all(all);
});
