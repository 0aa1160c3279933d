import { expect, test } from 'vitest';
import { tokens } from '#domain/tokens.ts';
import { channelOf } from './channel.ts';
import { clockOf } from './dialects/dates.ts';
import { keyOf, timeline } from './timeline.ts';
import { outlets } from './world/outlets.ts';
import { wireKey, wireOutlets } from './world/wire.ts';

const bornAt = new Date('2026-11-23T11:00:00Z');
const history = { bornAt, published: new Map<string, Date>() };
const all = outlets.flatMap((outlet) => timeline(outlet, history).map((placed) => ({ outlet, ...placed })));
const out = all.filter(({ publishedAt }) => publishedAt !== null);
const dayMs = 86_400_000;

test('there is a month of history and a pool for later', () => {
  expect(out.length).toBeGreaterThanOrEqual(450);
  expect(all.length - out.length).toBeGreaterThanOrEqual(50);
  expect(outlets.length).toBeGreaterThanOrEqual(14);
});

test('everything lies within thirty days before the birth, whatever the hour of birth', () => {
  for (const hour of [0, 5, 11, 17, 23]) {
    const born = new Date(bornAt.getTime() + (hour - 11) * 3_600_000);
    for (const outlet of outlets) {
      for (const { key, publishedAt } of timeline(outlet, { ...history, bornAt: born })) {
        if (!publishedAt) continue;
        const daysAgo = (born.getTime() - publishedAt.getTime()) / dayMs;
        expect(daysAgo, `${outlet.slug}/${key}`).toBeGreaterThan(0);
        expect(daysAgo, `${outlet.slug}/${key}`).toBeLessThan(30.99);
      }
    }
  }
});

test('people sleep: hardly anything is written between one and five', () => {
  const atNight = out.filter(({ item, publishedAt }) => {
    const hour = Number(clockOf(publishedAt!).time.slice(0, 2));
    return item.day > 0 && hour >= 1 && hour < 5;
  });
  expect(atNight.length).toBeLessThan(out.length / 40);
  const today = out.filter(({ publishedAt }) => clockOf(publishedAt!).day === clockOf(bornAt).day);
  expect(today.map(({ publishedAt }) => clockOf(publishedAt!).time).toSorted()[0]! >= '06:30').toBe(true);
});

test('names are unique within an outlet, and nobody says the same twice but those who took it over', () => {
  for (const outlet of outlets) {
    const keys = outlet.items.map(keyOf);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  }
  const texts = new Map<string, string[]>();
  for (const { outlet, item, key } of all) {
    if (outlet.slug === '112-waardstreek') continue; // A pager repeats itself.
    texts.set(item.text, [...(texts.get(item.text) ?? []), key]);
  }
  const repeated = [...texts.values()].filter((keys) => keys.length > 1);
  expect(repeated.filter((keys) => new Set(keys).size > 1)).toEqual([]);
  expect(repeated.map((keys) => keys.length).sort((a, b) => b - a)).toEqual([15, 4, 4, 3, 3, 3, 2]);
});

test('the wire story stands in fifteen outlets, long enough to be recognised, De Waardbode first', () => {
  const copies = all.filter(({ key }) => key === wireKey);
  expect(new Set(copies.map(({ outlet }) => outlet.slug))).toEqual(new Set(wireOutlets));
  expect(copies).toHaveLength(15);
  expect(new Set(copies.map(({ item }) => item.text)).size).toBe(1);
  expect(new Set(copies.map(({ item }) => item.title)).size).toBe(15);
  expect(tokens(copies[0]!.item.text).length).toBeGreaterThan(20);
  const first = copies.toSorted((a, b) => a.publishedAt!.getTime() - b.publishedAt!.getTime())[0]!;
  expect(first.outlet.slug).toBe('waardbode');
});

test('every answer and every link leads somewhere, and no link is older than what it points at', () => {
  const view = { outlets, history, origin: 'http://127.0.0.1:1', now: bornAt };
  for (const outlet of outlets) {
    const keys = new Set(outlet.items.map(keyOf));
    for (const { replyTo } of outlet.items) if (replyTo !== undefined) expect(keys, replyTo).toContain(replyTo);
    const { entries, homeUrl } = channelOf(outlet, view);
    for (const { key, url, publishedAt } of entries.filter(({ url }) => !url.startsWith(homeUrl))) {
      const target = out.find((one) => url.includes(`/${one.outlet.slug}/`) && url.includes(`/${one.key}?`));
      expect(target!.publishedAt!.getTime(), key).toBeLessThan(publishedAt.getTime());
    }
  }
});

test('there are edits, withdrawals, a server that will refuse and a page that is no feed', () => {
  expect(out.filter(({ editedAt }) => editedAt).length).toBeGreaterThan(0);
  expect(out.filter(({ goneAt }) => goneAt).length).toBeGreaterThan(1);
  expect(outlets.filter(({ trouble }) => trouble === 'web-page')).toHaveLength(1);
  expect(outlets.filter(({ trouble }) => typeof trouble === 'object')).toHaveLength(1);
});
