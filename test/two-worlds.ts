import { sql } from 'kysely';
import { inject } from 'vitest';
import { startSearch } from '#api/access-engines.ts';
import { createApp } from '#api/app.ts';
import type { Deps } from '#api/env.ts';
import { createIds, type Seal } from '#api/ids.ts';
import { readFeed } from '#ingest/feed/read.ts';
import { prepareMentions } from '#ingest/prepare.ts';
import { parseFetchAllow, parseProxies } from '#platform/address.ts';
import { createLog } from '#platform/log.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { refreshSearchWords } from '#storage/search-words.ts';
import { administer, freshDatabase, withDatabase } from './database.ts';
import { hideCircles, hideDesk } from './hidden-world.ts';
import { authByHeader, personHeader, type SeededPerson } from './people.ts';
import { seedShared } from './shared-world.ts';
import { chance, type Hidden, type Shared, type World } from './worlds.ts';

/**
 * Three databases: one as it is; a copy with circles in it that nobody who asks is in; and a copy of that with what only the desk may
 * see. The desk asks the first and the second, everybody else the first and the third.
 */
export async function twoWorlds(
  seed: number,
  searchFor: (db: Database) => Promise<{ search: Deps['search']; close: () => Promise<void> }>,
): Promise<{
  plain: World;
  moreFor: (person: SeededPerson | null) => World;
  shared: Shared;
  hidden: Hidden;
  close: () => Promise<void>;
}> {
  const first = await freshDatabase();
  const shared = await seedShared(first.db, chance(seed));
  await first.db.destroy();
  const name = new URL(first.url.replace(/^([a-z]+):\/\/[^/?]*/, '$1://x')).pathname.slice(1);
  const names = [name, `${name}_circles`, `${name}_desk`] as const;
  const copy = async (from: string, to: string) => {
    await administer(inject('postgresUrl'), `create database ${to} template ${from}`);
    const url = withDatabase(inject('postgresUrl'), to);
    return { url, db: openDatabase(url, { max: 5, name: to, onError: () => undefined }).db };
  };
  const circles = await copy(name, names[1]);
  const hidden = await hiding(circles, (world) => hideCircles(world, chance(seed + 1), shared));
  await circles.db.destroy();
  const desk = await copy(names[1], names[2]);
  await hiding(desk, (world) => hideDesk(world, chance(seed + 2), shared, hidden));
  await desk.db.destroy();
  const worlds: World[] = [];
  for (const one of names) {
    const url = withDatabase(inject('postgresUrl'), one);
    const { db } = openDatabase(url, { max: 5, name: one, onError: () => undefined });
    await refreshSearchWords(db);
    await sql`analyze`.execute(db);
    const { search, close } = await searchFor(db);
    worlds.push(await world({ url, db }, search, close));
  }
  const [plain, withCircles, withDesk] = worlds as [World, World, World];
  const isDesk = (person: SeededPerson | null) => shared.desk.some(({ id }) => id === person?.id);
  return {
    plain,
    moreFor: (person) => (isDesk(person) ? withCircles : withDesk),
    shared,
    hidden,
    async close() {
      for (const one of worlds) await one.close();
      for (const one of names) await administer(inject('postgresUrl'), `drop database if exists ${one} with (force)`);
    },
  };
}
type Opened = { url: string; db: Database };

/** Lets people act in a world before anybody asks. */
async function hiding<T>(opened: Opened, act: (world: World) => Promise<T>): Promise<T> {
  const search = await startSearch(opened.db, { elasticsearchUrl: null, elasticsearchIndex: '' });
  return await act(await world(opened, search, search.close)).finally(search.close);
}

/** Writes what it seals for all to read: the same in both worlds when it seals the same, and different when it does not. */
const openSeal: Seal = {
  close: (viewerKey, purpose, numbers) =>
    Buffer.from(JSON.stringify([viewerKey, purpose, numbers.map(String)])).toString('base64url'),
  open: (viewerKey, purpose, text) => {
    const said = JSON.parse(Buffer.from(text, 'base64url').toString() || 'null');
    if (!Array.isArray(said) || said[0] !== viewerKey || said[1] !== purpose) return null;
    return said[2].map(BigInt);
  },
};

async function world({ db, url }: Opened, search: Deps['search'], close: () => Promise<void>): Promise<World> {
  const secret = await installationSecret(db);
  const ids = createIds(secret);
  const never = () => Promise.reject(new Error('Not here'));
  const app = createApp({
    db,
    ids,
    seal: openSeal,
    keys: createKeys(secret),
    http: { request: never },
    readFeed,
    prepare: prepareMentions,
    live: {} as Deps['live'],
    auth: authByHeader(db),
    search,
    timeZone: 'Europe/Amsterdam',
    log: createLog('silent'),
    contact: true,
    publicUrl: 'https://buitenwacht.example',
    allow: parseFetchAllow(''),
    proxies: parseProxies(''),
    version: '0.0.0',
    dashboard: null,
  });
  return {
    db,
    url,
    ids,
    ask: async (person, { method = 'GET', path, body, headers = {} }) => {
      const answer = await app.request(`https://buitenwacht.example${path}`, {
        method,
        headers: {
          ...(person ? { [personHeader]: String(person.id) } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
          host: 'buitenwacht.example',
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const told = [...answer.headers]
        .filter(([header]) => header !== 'date')
        .map(([header, value]) => `${header}: ${value}`);
      // The two are asked some milliseconds apart.
      const text = (await answer.text()).replace(/"(countedAt|madeAt)": ?"[^"]*"/, '"$1":"now"');
      return `${answer.status}\n${told.sort().join('\n')}\n\n${text}`;
    },
    encode: ids.encode,
    close: async () => {
      await close();
      await db.destroy();
    },
  };
}
