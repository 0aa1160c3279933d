import { expect, test } from 'vitest';
import { type Draft, identify, isSiteRoot } from './identity.ts';

const draft = (fields: Partial<Draft>): Draft => ({ kind: 'article', ...fields });
const idsOf = (drafts: Partial<Draft>[]): string[] =>
  identify(drafts.map(draft), 'feed:1').items.map(({ externalId }) => externalId);

test('the ladder: id, else link, else title and date, else title and text', () => {
  expect(idsOf([{ id: 'tag:1', url: 'https://a.example/1' }, { url: 'https://a.example/2' }])).toEqual([
    'tag:1',
    'https://a.example/2',
  ]);
  const [byDate, byText, byOther] = idsOf([
    { title: 'Weer', publishedRaw: '2026-11-23', text: 'a' },
    { title: 'Weer', text: 'b' },
    { title: 'Weer', text: 'c' },
  ]);
  expect(new Set([byDate, byText, byOther]).size).toBe(3);
  expect(idsOf([{ title: 'Weer', publishedRaw: '2026-11-23', text: 'changed' }])).toEqual([byDate]);
});

test('a repeated id takes the link along', () => {
  expect(
    idsOf([
      { id: 'x', url: 'https://a.example/1' },
      { id: 'x', url: 'https://a.example/2' },
    ]),
  ).toEqual(['x|https://a.example/1', 'x|https://a.example/2']);
});

test('items that are equal in everything are one, and the others are told', () => {
  const twin = { id: 'x', title: 'Dijk', text: 'a' };
  const { items, repeated } = identify([draft(twin), draft(twin), draft({ ...twin, text: 'b' })], 'feed:1');
  expect(items).toHaveLength(2);
  expect(repeated).toEqual([1]);
});

test('a link under several items, or to the front door, is not their own', () => {
  const { items } = identify(
    [
      draft({ id: '1', url: 'https://a.example/nieuws' }),
      draft({ id: '2', url: 'https://a.example/nieuws' }),
      draft({ id: '3', url: 'https://a.example/' }),
      draft({ id: '4', url: 'https://a.example/4' }),
      draft({ id: '5' }),
    ],
    'feed:1',
  );
  expect(items.map(({ urlIsOwn }) => urlIsOwn)).toEqual([false, false, false, true, undefined]);
});

test('second keys survive another scheme or host in the guid, and another guid for the same link and title', () => {
  const altIds = (id: string): string[] =>
    identify([draft({ id, url: 'https://a.example/1', title: 'Dijk' })], 'feed:1').items[0]!.altIds ?? [];
  const before = altIds('http://a.example/?p=12');
  expect(altIds('https://www.a.example/?p=12')).toEqual(before);
  expect(altIds('tag:other')).toEqual([before[1]]);
});

test('second keys that several items share are nobody’s', () => {
  const { items } = identify(
    [
      draft({ id: 'http://a.example/p1', url: 'https://a.example/x', title: 'T' }),
      draft({ id: 'http://b.example/p1', url: 'https://a.example/x', title: 'T' }),
    ],
    'feed:1',
  );
  expect(items.flatMap(({ altIds }) => altIds ?? [])).toEqual([]);
});

test('an id of any length fits a key', () => {
  expect(idsOf([{ id: 'x'.repeat(100_000) }])[0]!.length).toBeLessThan(100);
});

test.each([
  ['https://a.example/', true],
  ['https://a.example', true],
  ['https://a.example/index.php', true],
  ['https://a.example/?p=1', false],
  ['https://a.example/nieuws', false],
])('%s is a front door: %s', (url, expected) => {
  expect(isSiteRoot(url)).toBe(expected);
});
