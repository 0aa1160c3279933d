import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceNaming } from '#api/access-naming.ts';
import { saveVersion } from '#storage/topic-changes.ts';
import { seedPerson, viewerById } from './people.ts';
import { type TopicWorld, topicWorld } from './topic-world.ts';

let world: TopicWorld;
beforeEach(async () => {
  world = await topicWorld();
});
afterEach(() => world.close());
const ask: TopicWorld['api']['ask'] = (...asked) => world.api.ask(...asked);
const topic = async (id: string) => (await ask('GET', `/api/topics/${id}`)).json;
const keep = (name: string, query: string, more = {}) =>
  ask('POST', '/api/searches', { name, query, ...more }, { 'idempotency-key': crypto.randomUUID() });
const search = async (id: string) => (await ask('GET', `/api/searches/${id}`)).json;

test('two versions saved at once cannot make a ring together: the second is refused', async () => {
  const { db, ids, colleague } = world.api;
  const brug = await world.topic('Brug', 'brug');
  const sluis = await world.topic('Sluis', 'sluis');
  let second: ReturnType<typeof ask> | null = null;
  const isWaiting = async () => {
    const { rows } = await sql`select from pg_locks where locktype = 'advisory' and not granted`.execute(db);
    return rows.length > 0;
  };
  const version = { query: 'brug OF zoekvraag:Sluis', sources: null, note: null };
  // While the first is on its way: the second has ended, or waits for it.
  await saveVersion(db, ids.decode('topic', brug)!, { after: 1, days: null, by: colleague.id, version }, async () => {
    second = ask('POST', `/api/topics/${sluis}/versions`, { after: 1, query: 'sluis OF zoekvraag:Brug' });
    let isThrough = false;
    void second.then(() => {
      isThrough = true;
    });
    await expect.poll(async () => isThrough || (await isWaiting()), { timeout: 10_000, interval: 20 }).toBe(true);
  });
  const refused = await second!;
  expect([refused.status, refused.json.query[0].code]).toEqual([422, 'ring']);
  expect((await topic(sluis)).version).toBe(1);
});

test('going back, and a new name, make no ring either', async () => {
  const brug = await world.topic('Brug', 'brug');
  const sluis = await world.topic('Sluis', 'zoekvraag:Brug');
  await ask('POST', `/api/topics/${sluis}/versions`, { after: 1, query: 'sluis' });
  await ask('POST', `/api/topics/${brug}/versions`, { after: 1, query: 'zoekvraag:Sluis' });
  const back = await ask('POST', `/api/topics/${sluis}/go-back`, { after: 2, version: 1 });
  expect([back.status, back.json.query[0].code]).toEqual([422, 'ring']);
  // A query that waits for a name that was removed.
  const poort = await world.topic('Poort', 'poort');
  await ask('POST', `/api/topics/${sluis}/versions`, { after: 2, query: 'zoekvraag:Poort' });
  await ask('DELETE', `/api/topics/${poort}`);
  const renamed = await ask('PATCH', `/api/topics/${brug}`, { name: 'Poort' });
  expect([renamed.status, renamed.json.query[0].code]).toEqual([422, 'ring']);
  expect((await topic(brug)).name).toBe('Brug');
});

test('queries follow a topic that is renamed: topics with a new version by whoever renamed it, kept searches as they are', async () => {
  const brug = await world.topic('Brug', 'sluisbrug');
  const both = await world.topic('Alles', 'noodbrug OF zoekvraag:brug');
  const kept = (await keep('Mijn bruggen', 'onderwerp:Brug OF zoekvraag:"Brug" -nood')).json;
  expect((await ask('PATCH', `/api/topics/${brug}`, { name: 'Sluisbrug A' })).status).toBe(200);
  expect(await topic(both)).toMatchObject({
    broken: false,
    version: 2,
    versions: [
      {
        query: 'noodbrug OF zoekvraag:"Sluisbrug A"',
        note: '“Brug” heet nu “Sluisbrug A”',
        madeBy: { name: world.api.colleague.name },
      },
      { query: 'noodbrug OF zoekvraag:brug' },
    ],
  });
  expect(await search(kept.id)).toMatchObject({
    query: 'onderwerp:"Sluisbrug A" OF zoekvraag:"Sluisbrug A" -nood',
    version: 2,
  });
  // Written otherwise it is the same name, and nothing has to follow.
  await ask('PATCH', `/api/topics/${brug}`, { name: 'SLUISBRUG A' });
  expect((await topic(both)).version).toBe(2);
});

test('a kept search of the same name is meant still where it was meant', async () => {
  const brug = await world.topic('Brug', 'sluisbrug');
  await keep('Brug', 'mijn eigen brug');
  const kept = (await keep('Meer', 'zoekvraag:Brug OF onderwerp:Brug')).json;
  await ask('PATCH', `/api/topics/${brug}`, { name: 'Poort' });
  expect((await search(kept.id)).query).toBe('zoekvraag:Brug OF onderwerp:"Poort"');
});

test('queries follow a source that is renamed, and mean another of the same name as before', async () => {
  const first = await world.follow('/a', [], { label: 'De Bode' });
  const second = await world.follow('/b', [], { label: 'de bode' });
  const brug = await world.topic('Brug', 'brug bron:"De Bode"');
  const rename = async (id: number, label: string) =>
    expect((await ask('PATCH', `/api/sources/${world.api.ids.encode('source', id)}`, { label })).status).toBe(200);
  await rename(first, 'Waardbode');
  expect((await topic(brug)).versions[0].query).toBe('brug (bron:"De Bode" OF bron:"Waardbode")');
  await rename(second, 'Heraut');
  expect(await topic(brug)).toMatchObject({
    broken: false,
    versions: [{ query: 'brug (bron:"Heraut" OF bron:"Waardbode")' }, {}, {}],
  });
});

test('before something is removed it can be asked which queries name it: topics, and one’s own searches', async () => {
  const source = world.api.ids.encode('source', await world.follow('/a', [], { label: 'De Bode' }));
  const brug = await world.topic('Brug', 'brug bron:"de bode"');
  const both = await world.topic('Alles', 'zoekvraag:Brug');
  const mine = (await keep('Mijn bruggen', 'onderwerp:Brug bron:"De Bode"')).json;
  const other = await seedPerson(world.api.db, { name: 'Hanna', role: 'communication' });
  await sql`insert into saved_searches (owner_id, name, query, shared) values (${other.id}, 'Van Hanna', 'onderwerp:Brug', false)`.execute(
    world.api.db,
  );
  const searches = [{ id: mine.id, name: 'Mijn bruggen' }];
  expect((await ask('GET', `/api/topics/${brug}/naming`)).json).toMatchObject({ topics: [{ id: both }], searches });
  expect((await ask('GET', `/api/topics/${both}/naming`)).json).toEqual({ topics: [], searches: [] });
  expect((await ask('GET', `/api/sources/${source}/naming`)).json).toMatchObject({ topics: [{ id: brug }], searches });
});

test('who follows sources but is not at the desk is told of no topic for the desk only', async () => {
  const { db, ids, colleague } = world.api;
  const source = ids.encode('source', await world.follow('/a', [], { label: 'De Bode' }));
  await world.topic('Dreiging', 'dreigbrief bron:"De Bode"', { audience: 'desk' });
  const viewer = (await viewerById(db, colleague.id))!;
  const named = async (rights: typeof viewer.rights) =>
    (await sourceNaming({ db, ids }, { ...viewer, rights }, source)).topics.map(({ name }) => name);
  expect(await named(['member', 'colleague', 'sources', 'desk'])).toEqual(['Dreiging']);
  expect(await named(['member', 'colleague', 'sources'])).toEqual([]);
});
