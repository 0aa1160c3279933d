import { load } from 'cheerio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atomFeed, type FeedContents, jsonFeed } from './feed-document.ts';

const contents = (title: string): FeedContents => ({
  id: 'urn:buitenwacht:search:q_1',
  title,
  language: 'nl',
  homeUrl: 'https://bw.example/search?q=a&sort=newest',
  madeAt: '2026-11-01T00:00:00.000Z',
  items: [
    {
      id: 'urn:m_1',
      url: 'https://bw.example/threads/t_1',
      title,
      by: [],
      text: title,
      at: '2026-11-20T09:00:00.000Z',
    },
  ],
});

test('whatever was written, the Atom document holds it as text and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const document = load(atomFeed(contents(`<script>alert(1)</script>]]>&amp;"'${text}`)), { xml: true });
      expect(document('script').length).toBe(0);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold is left out
      const kept = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
      expect(document('entry > title').text()).toBe(`<script>alert(1)</script>]]>&amp;"'${kept}`);
      expect(document('entry').length).toBe(1);
    }),
    { numRuns: 200 },
  );
});

test('an Atom feed has what RFC 4287 demands, and is as new as its newest entry', () => {
  const document = load(atomFeed(contents('Brug')), { xml: true });
  for (const part of [
    'feed > id',
    'feed > title',
    'feed > updated',
    'feed > author > name',
    'entry > id',
    'entry > updated',
  ])
    expect(document(part).text(), part).not.toBe('');
  expect(document('feed > updated').text()).toBe('2026-11-20T09:00:00.000Z');
  expect(document('feed > link').attr('href')).toBe('https://bw.example/search?q=a&sort=newest');
  expect(load(atomFeed({ ...contents('Brug'), items: [] }), { xml: true })('feed > updated').text()).toBe(
    '2026-11-01T00:00:00.000Z',
  );
});

test('an entry is by the outlet first and by its author last', () => {
  const said = contents('Brug');
  const by = ['De Waardbode', 'J. <Jansen>'];
  const items = said.items.map((item) => ({ ...item, by }));
  const document = load(atomFeed({ ...said, items }), { xml: true });
  expect(
    document('entry > author > name')
      .map((_, name) => document(name).text())
      .get(),
  ).toEqual(by);
  expect(JSON.parse(jsonFeed({ ...said, items })).items[0].authors).toEqual(by.map((name) => ({ name })));
});

test('a JSON feed names its version, and an author only where there is one', () => {
  const feed = JSON.parse(jsonFeed(contents('Brug')));
  expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: 'Brug', language: 'nl' });
  expect(feed.items[0]).toMatchObject({ id: 'urn:m_1', content_text: 'Brug' });
  expect(feed.items[0]).not.toHaveProperty('authors');
});
