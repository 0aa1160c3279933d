import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remakeMentionDocuments, remakeReplyDocuments } from '#storage/search-documents.ts';
import { refreshSearchWords } from '#storage/search-words.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedReply } from '#test/seed-inside.ts';

// What stands beside a search: the figures that narrow it, and what is filled in while typing.
let api: TestApp;
let anna: SeededPerson;
let desk: SeededPerson;
beforeAll(async () => {
  api = await testApp();
  anna = await seedPerson(api.db, { name: 'Anna' });
  desk = await seedPerson(api.db, { name: 'Dirk', role: 'communication' });
  const [bode, forum] = [await seedSource(api.db, 'De Waardbode'), await seedSource(api.db, 'Forum "Linde"', 'forum')];
  const closed = await seedCircle(api.db, 'Directieberaad');
  const mentions: number[] = [];
  const replies: number[] = [];
  for (const [sourceId, language, tone] of [
    [bode, 'nl', -1],
    [bode, 'nl', 0],
    [bode, 'en', null],
    [forum, 'nl', 1],
  ] as const) {
    const seeded = await seedMention(api.db, {
      sourceId,
      language,
      tone,
      title: 'De brug',
      text: 'De omleiding is lang.',
    });
    mentions.push(seeded.mentionId);
    const at = '2026-11-21T09:00:00Z';
    if (mentions.length === 1)
      replies.push(await seedReply(api.db, { threadId: seeded.threadId, personId: anna.id, at, text: 'De brug dus' }));
    const hidden = { threadId: seeded.threadId, personId: desk.id, at, circleId: closed, text: 'brug dossiernaam' };
    replies.push(await seedReply(api.db, hidden));
  }
  await api.db.transaction().execute(async (trx) => {
    await remakeMentionDocuments(trx, mentions);
    await remakeReplyDocuments(trx, replies);
  });
  await refreshSearchWords(api.db);
  await sql`insert into topics (name, kind, colour, audience) values ('Bruggen en sluizen', 'theme', 'blue', 'all'),
    ('Brugdossier', 'theme', 'red', 'desk')`.execute(api.db);
  await sql`insert into saved_searches (owner_id, name, query, shared) values (${anna.id}, 'Brugklachten', 'brug', false),
    (${desk.id}, 'Brugzaken', 'brug', true), (${desk.id}, 'Bruggeheim', 'brug', false)`.execute(api.db);
});
afterAll(() => api.drop());

const facets = async (q: string, person = anna, language = 'nl') =>
  (
    await api.as(person)('GET', `/api/search/facets?q=${encodeURIComponent(q)}`, undefined, {
      'accept-language': language,
    })
  ).json;
const suggest = async (q: string, person = anna, at?: number) =>
  (await api.as(person)('GET', `/api/search/suggest?q=${encodeURIComponent(q)}${at === undefined ? '' : `&at=${at}`}`))
    .json;

describe('facets', () => {
  test('count what the asker finds and nothing else, and each value is the question that narrows to it', async () => {
    const told = await facets('brug');
    expect(told).toMatchObject({ total: 5, estimated: false, engine: 'postgres' });
    expect(told.facets.side).toEqual([
      { value: 'outside', name: null, count: 4, on: false, query: 'brug is:buiten' },
      { value: 'inside', name: null, count: 1, on: false, query: 'brug is:binnen' },
    ]);
    expect(told.facets.language.map(({ value, count }: Value) => [value, count])).toEqual([
      ['nl', 3],
      ['en', 1],
    ]);
    expect(told.facets.circle).toMatchObject([{ name: 'iedereen', count: 1, query: 'brug in:iedereen' }]);
    expect(JSON.stringify(told)).not.toContain('Directieberaad');
  });
  type Value = { value: string; count: number; query: string; on: boolean; name: string | null };

  test('of whatever value: asking its question finds as many as it counted', async () => {
    const told = await facets('brug');
    let asked = 0;
    for (const values of Object.values(told.facets) as Value[][])
      for (const { query, count } of values) {
        expect([query, (await facets(query)).total]).toEqual([query, count]);
        asked += 1;
      }
    expect(asked).toBeGreaterThan(8);
  });

  test('a value that is asked for already is on, and its question asks for it no longer', async () => {
    const told = await facets('brug AND lang:nl', anna, 'en');
    expect(told.facets.language).toEqual([{ value: 'nl', name: null, count: 3, on: true, query: 'brug' }]);
  });

  test('a name that cannot be written in a question is not offered', async () => {
    const told = await facets('brug');
    expect(told.facets.source).toMatchObject([{ name: 'De Waardbode', count: 3, query: 'brug bron:"De Waardbode"' }]);
    expect(told.facets.source[0].value).toMatch(/^s_/);
  });
});

describe('suggestions', () => {
  test('are words that are used, then names of what the asker may see, each with the question it makes', async () => {
    const { suggestions } = await suggest('lang bru', anna);
    expect(suggestions).toEqual([
      { kind: 'word', text: 'brug', query: 'lang brug', at: 9 },
      { kind: 'topic', text: 'Bruggen en sluizen', query: 'lang onderwerp:"Bruggen en sluizen"', at: 35 },
      { kind: 'search', text: 'Brugklachten', query: 'lang zoekvraag:Brugklachten', at: 27 },
      { kind: 'search', text: 'Brugzaken', query: 'lang zoekvraag:Brugzaken', at: 24 },
    ]);
    const texts = (await suggest('brug', desk)).suggestions.map(({ text }: { text: string }) => text);
    expect(texts).toContain('Brugdossier');
    expect(texts).toContain('Bruggeheim');
    expect(texts).not.toContain('Brugklachten');
  });

  test('stand where the caret stands', async () => {
    expect((await suggest('omleid brug', anna, 6)).suggestions).toEqual([
      { kind: 'word', text: 'omleiding', query: 'omleiding brug', at: 9 },
    ]);
    expect((await suggest('brug bron:waar')).suggestions).toMatchObject([
      { kind: 'source', text: 'De Waardbode', query: 'brug bron:"De Waardbode"' },
    ]);
    for (const nothing of ['', ' ', 'b', 'auteur:n', 'brug ('])
      expect((await suggest(nothing)).suggestions, nothing).toEqual([]);
  });

  test('behind a field with a list of values are those values, in the words of the reader', async () => {
    const texts = async (q: string) => (await suggest(q)).suggestions.map(({ text }: { text: string }) => text);
    expect((await suggest('brug is:be')).suggestions).toEqual([
      { kind: 'value', text: 'beantwoord', query: 'brug is:beantwoord', at: 18 },
      { kind: 'value', text: 'besproken', query: 'brug is:besproken', at: 17 },
      { kind: 'value', text: 'bewerkt', query: 'brug is:bewerkt', at: 15 },
    ]);
    expect(await texts('is:')).toContain('open');
    expect(await texts('type:rec')).toEqual(['recensie']);
    expect(await texts('sentiment:')).toEqual(['negatief', 'neutraal', 'positief', 'onduidelijk']);
    expect((await suggest('taal:fr')).suggestions[0]).toMatchObject({ text: 'Frans', query: 'taal:fr' });
    expect(await texts('is:beantwoord!')).toEqual([]);
  });

  test('a word that nobody uses is put right by one that is, whatever stands around it', async () => {
    expect((await suggest('"de brg" omlieding -burg')).didYouMean).toEqual({
      query: '"de brg" omleiding -brug',
      changed: [
        { from: 9, to: 18 },
        { from: 20, to: 24 },
      ],
    });
    expect((await suggest('brug omleiding')).didYouMean).toBeNull();
    expect((await suggest('brug xylofoon')).didYouMean).toBeNull();
  });

  test('words of a circle one is not in are neither filled in nor known', async () => {
    expect(await suggest('dossiern')).toEqual({ suggestions: [], didYouMean: null });
    expect(await suggest('dossiernam')).toEqual({ suggestions: [], didYouMean: null });
  });
});
