import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { createIngestThread } from '#ingest/thread.ts';
import type { Config } from '#platform/config.ts';
import type { Http } from '#platform/http.ts';
import type { Log } from '#platform/log.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { startSearch } from './access-engines.ts';
import { createApp } from './app.ts';
import { createAuth } from './auth.ts';
import { openDashboard } from './dashboard.ts';
import { headersFor } from './guards.ts';
import { createIds, createSeal } from './ids.ts';
import { startLive } from './live/hub.ts';

/** How long requests under way may still take once we stop. */
const finishWithinMs = 4_500;
const root = join(import.meta.dirname, '..');
/** Searches under way in the database at the same time, and how long one may take. */
const mostSearches = 4;
const searchWithinMs = 8_000;
const connectionsWithinMs = 300;

/**
 * Serves API and dashboard on HOST and PORT. Rejects when the port cannot be had. `close` ends live streams first, lets
 * requests under way finish, then breaks what is left.
 */
export async function startApi(deps: {
  db: Database;
  databaseUrl: string;
  http: Http;
  config: Pick<
    Config,
    | 'host'
    | 'port'
    | 'publicUrl'
    | 'contact'
    | 'fetchAllow'
    | 'trustedProxies'
    | 'timeZone'
    | 'elasticsearchUrl'
    | 'elasticsearchIndex'
  >;
  log: Log;
}): Promise<{ url: string; close: () => Promise<void> }> {
  const { db, databaseUrl, http, config, log } = deps;
  const [secret, manifest, dashboard] = await Promise.all([
    installationSecret(db),
    readFile(join(root, 'package.json'), 'utf8'),
    openDashboard(join(root, 'dashboard', 'dist')),
  ]);
  const ids = createIds(secret);
  const seal = createSeal(secret);
  const ingest = createIngestThread();
  const live = await startLive({ db, databaseUrl, ids, seal, log: log.child({ part: 'live' }) });
  // On connections of their own: whatever is searched for, everything else goes on.
  const searches = openDatabase(databaseUrl, {
    max: mostSearches,
    name: 'buitenwacht search',
    mostMs: searchWithinMs,
    onError: (err) => log.warn({ err }, 'a database connection broke'),
  });
  const search = await startSearch(searches.db, config);
  const closeSearch = async () => {
    await search.close();
    // What is still looked for has nobody who waits for it.
    await Promise.race([searches.db.destroy(), sleep(connectionsWithinMs)]);
  };
  const { host, publicUrl, trustedProxies: proxies, timeZone } = config;
  const signInLog = log.child({ part: 'sign-in' });
  const auth = createAuth({ db, databaseUrl, secret, host, publicUrl, proxies, timeZone, ids, log: signInLog });
  const app = createApp({
    db,
    ids,
    seal,
    keys: createKeys(secret),
    http,
    readFeed: ingest.readFeed,
    prepare: ingest.prepare,
    live,
    search,
    auth,
    timeZone,
    log,
    contact: config.contact !== null,
    publicUrl,
    allow: config.fetchAllow,
    proxies,
    version: (JSON.parse(manifest) as { version: string }).version,
    dashboard,
  });
  const headers = headersFor(publicUrl);
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
  });
  // What never reaches the application (a target that is no address) is answered below it; the headers stand there too.
  server.prependListener('request', (_request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  });
  // Of "Expect" only 100-continue is known; Node would refuse the rest itself, past the listener above.
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    response.writeHead(417, { ...headers, connection: 'close', 'content-length': '0' }).end();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (socket.writable) socket.end(unreadable(error.code, headers));
    else socket.destroy();
  });
  const closeParts = async () => {
    await live.close();
    await auth.close();
    await ingest.close();
    await closeSearch();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.port, host, resolve);
    });
  } catch (cause) {
    await closeParts();
    throw new Error(`Cannot serve on ${host}:${config.port} (HOST and PORT)`, { cause });
  }
  auth.tellSetupCode().catch((err: unknown) => log.warn({ err }, 'nobody could be looked for'));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${port}`,
    async close() {
      // Callers whom the kernel let in while we were busy are taken in first: closing the door would throw them out.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await live.close();
      // A connection becomes idle when its request is done; looking again is all that is needed to let it go then.
      const idle = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 50);
      const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), finishWithinMs);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
      await auth.close();
      await ingest.close();
      await closeSearch();
    },
  };
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The answer to bytes that are no request, too long a head, or too slow. */
function unreadable(code: string | undefined, always: Record<string, string>): string {
  const status =
    code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  const headers = Object.entries({ ...always, connection: 'close', 'content-length': '0' });
  return `HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
