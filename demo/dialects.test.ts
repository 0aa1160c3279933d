import { expect, test } from 'vitest';
import { readDate } from '#ingest/dates.ts';
import { readFeed } from '#ingest/feed/read.ts';
import { channelOf, feedUrlOf } from './channel.ts';
import type { Outlet } from './world/item.ts';
import { outlets } from './world/outlets.ts';

const bornAt = new Date('2026-11-23T11:00:00Z');
const origin = 'http://127.0.0.1:4999';
const history = { bornAt, published: new Map<string, Date>() };

function render(outlet: Outlet, now = bornAt) {
  if (!('feed' in outlet.via)) throw new Error(`${outlet.slug} has no feed`);
  const channel = channelOf(outlet, { outlets, history, origin, now });
  return { channel, ...outlet.via.feed(channel) };
}
const bySlug = (slug: string) => outlets.find((outlet) => outlet.slug === slug)!;
const read = async (outlet: Outlet, now = bornAt) => {
  const { body, type, channel } = render(outlet, now);
  return { channel, document: await readFeed(body, type, feedUrlOf(outlet, origin), 'feed:1') };
};
const feeds = outlets.filter(({ via, trouble }) => 'feed' in via && trouble !== 'web-page');

test('every item of every feed can be read, with its own title and time', async () => {
  for (const outlet of feeds) {
    const { channel, document } = await read(outlet);
    expect(document.skipped, outlet.slug).toEqual([]);
    expect(document.items.map(({ title }) => title ?? null)).toEqual(channel.entries.map(({ title }) => title));
    if (document.format === 'rss 0.91') continue; // It has no dates.
    for (const [at, { publishedRaw }] of document.items.entries()) {
      const published = readDate(publishedRaw ?? '', { hostname: '127.0.0.1' });
      const lag = channel.entries[at]!.publishedAt.getTime() - (published?.getTime() ?? 0);
      expect(lag, `${outlet.slug}: ${publishedRaw}`).toBeGreaterThanOrEqual(0);
      expect(lag, `${outlet.slug}: ${publishedRaw}`).toBeLessThan(60_000);
    }
  }
});

test('all dialects are spoken', async () => {
  const formats = new Set<string>();
  for (const outlet of feeds) formats.add((await read(outlet)).document.format);
  const wanted = ['rss 0.91', 'rss 0.92', 'rss 1.0', 'rss 2.0', 'atom 0.3', 'atom 1.0', 'json 1', 'json 1.1'];
  expect([...formats].sort()).toEqual(wanted.sort());
});

test('windows-1252 comes undeclared and with bare ampersands', () => {
  const { body, type } = render(bySlug('waardstreek-vandaag'));
  expect(type).not.toContain('charset');
  expect(body.subarray(0, 60).toString('latin1')).not.toContain('encoding');
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
  expect(body.toString('latin1')).toMatch(/ & /);
});

test('the forum writes addresses relative to its base, names what it answers and says what was withdrawn', async () => {
  const forum = bySlug('wijkforum-de-hoven');
  expect(render(forum).body.toString()).toContain('href="t/');
  const { document } = await read(forum);
  expect(document.items[0]!.url).toBe(`${origin}/wijkforum-de-hoven/t/omfietsen`);
  expect(document.items.filter(({ inReplyTo }) => inReplyTo).length).toBeGreaterThan(20);
  const later = await read(forum, new Date(bornAt.getTime() + 10 * 60_000));
  expect(document.withdrawals).toHaveLength(0);
  expect(later.document.withdrawals).toHaveLength(1);
  expect(later.document.items).toHaveLength(document.items.length - 1);
});

test('guids are missing in one feed, change with every export in another, and one repeats its link', async () => {
  expect(render(bySlug('lindewaard-internationals')).body.toString()).not.toContain('<guid');
  const tegenwind = bySlug('tegenwind');
  const [now, later] = [await read(tegenwind), await read(tegenwind, new Date(bornAt.getTime() + 3_600_000))];
  expect(now.document.items[0]!.externalId).not.toBe(later.document.items[0]!.externalId);
  expect(now.document.items[0]!.altIds).toEqual(later.document.items[0]!.altIds);
  const { document } = await read(bySlug('havenkade'));
  expect(new Set(document.items.map(({ url }) => url)).size).toBe(1);
  expect(document.items.every(({ urlIsOwn }) => urlIsOwn === false)).toBe(true);
});

test('reviews carry stars, episodes their sound, link blogs the addresses of others', async () => {
  const reviews = (await read(bySlug('kaartbeoordelingen'))).document.items;
  expect(reviews.every(({ kind, rating }) => kind === 'review' && rating?.best === 5)).toBe(true);
  const episodes = (await read(bySlug('waard-om-te-weten'))).document.items;
  expect(episodes.every(({ kind, media }) => kind === 'audio' && media?.[0]?.type === 'audio')).toBe(true);
  const links = (await read(bySlug('linkjes-van-loek'))).document.items;
  expect(links[0]!.url).toMatch(/\/waardbode\/.+\?utm_source=/);
});

test('an edit changes the text and says when', async () => {
  const waardbode = bySlug('waardbode');
  const edited = (minutes: number) => read(waardbode, new Date(bornAt.getTime() + minutes * 60_000));
  const titles = async (minutes: number) => (await edited(minutes)).document.items.map(({ title }) => title).join('\n');
  expect(await titles(0)).not.toContain('buurjongen');
  expect(await titles(5)).toContain('buurjongen');
});
