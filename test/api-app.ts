import { startSearch } from '#api/access-engines.ts';
import { createApp } from '#api/app.ts';
import type { Auth } from '#api/auth.ts';
import { createIds, createSeal, type Ids, type Seal } from '#api/ids.ts';
import { type Live, startLive } from '#api/live/hub.ts';
import type { ApiDocument } from '#api/reference/document.ts';
import { readFeed } from '#ingest/feed/read.ts';
import { prepareMentions } from '#ingest/prepare.ts';
import { parseFetchAllow, parseProxies } from '#platform/address.ts';
import type { Http } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { mistakesIn } from './conforms.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { authByHeader, personHeader, type SeededPerson, seedPerson } from './people.ts';

export type TestApp = FreshDatabase & {
  app: ReturnType<typeof createApp>;
  ids: Ids;
  seal: Seal;
  live: Live;
  document: ApiDocument;
  /**
   * A request with a JSON body where one is given; answers status, headers and the body as JSON where it is that. Every
   * answer is held against the OpenAPI document on its way.
   */
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Asked>;
  /** The same as one person; `ask` itself asks as `colleague`. */
  as: (person: { id: number } | null) => TestApp['ask'];
  colleague: SeededPerson;
};
// biome-ignore lint/suspicious/noExplicitAny: tests read whatever came
export type Asked = { status: number; headers: Headers; text: string; json: any };

/** The whole application on a database of its own; the outside is what `http` answers. */
export async function testApp(
  http: Http = nothingOutside,
  publicUrl: string | null = null,
  authFor: (fresh: FreshDatabase, ids: Ids) => Auth | Promise<Auth> = ({ db }) => authByHeader(db),
): Promise<TestApp> {
  return await appOn(await freshDatabase(), http, publicUrl, authFor);
}

/** A second process on the database of the first, with connections of its own. Drop it before the first. */
export async function besides({ url }: TestApp): Promise<TestApp> {
  const { db, pool } = openDatabase(url, { max: 10, name: 'besides', onError: () => undefined });
  return await appOn({ url, db, pool, drop: () => db.destroy() }, nothingOutside, null, () => authByHeader(db));
}

async function appOn(
  fresh: FreshDatabase,
  http: Http,
  publicUrl: string | null,
  authFor: (fresh: FreshDatabase, ids: Ids) => Auth | Promise<Auth>,
): Promise<TestApp> {
  const secret = await installationSecret(fresh.db);
  const ids = createIds(secret);
  const seal = createSeal(secret);
  const log = createLog('silent');
  const live = await startLive({ db: fresh.db, databaseUrl: fresh.url, ids, seal, log });
  const auth = await authFor(fresh, ids);
  const app = createApp({
    db: fresh.db,
    ids,
    seal,
    keys: createKeys(secret),
    http,
    readFeed,
    prepare: prepareMentions,
    live,
    search: await startSearch(fresh.db, { elasticsearchUrl: null, elasticsearchIndex: '' }),
    auth,
    timeZone: 'Europe/Amsterdam',
    log,
    contact: true,
    publicUrl,
    allow: parseFetchAllow(''),
    proxies: parseProxies(''),
    version: '0.0.0',
    dashboard: null,
  });
  const told = await app.request('http://localhost/api/openapi.json');
  const document = (await told.json()) as ApiDocument;
  const colleague = await seedPerson(fresh.db, { role: 'administrator' });
  const as: TestApp['as'] =
    (person) =>
    async (method, path, body, headers = {}) => {
      const answer = await app.request(`http://localhost${path}`, {
        method,
        headers: {
          ...(person ? { [personHeader]: String(person.id) } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      const json = isJson ? JSON.parse(text) : undefined;
      const contentType = answer.headers.get('content-type') ?? '';
      const answered = json ?? (text === '' ? undefined : text);
      const mistakes = mistakesIn(document, { method, path, status: answer.status, contentType, body: answered });
      if (mistakes.length > 0) throw new Error(`Not what the document tells: ${mistakes.slice(0, 5).join('; ')}`);
      return { status: answer.status, headers: answer.headers, text, json };
    };
  return {
    ...fresh,
    app,
    document,
    ids,
    seal,
    live,
    as,
    ask: as(colleague),
    colleague,
    drop: async () => {
      await live.close();
      await auth.close();
      await fresh.drop();
    },
  };
}

const nothingOutside: Http = {
  request: () => Promise.reject(new Error('No test reaches the network')),
};
