import type { HttpBindings } from '@hono/node-server';
import type { FeedDocument } from '#ingest/connector.ts';
import type { IngestThread } from '#ingest/thread.ts';
import type { FetchAllow, TrustedProxies } from '#platform/address.ts';
import type { Http } from '#platform/http.ts';
import type { Log } from '#platform/log.ts';
import type { Search } from '#search/search.ts';
import type { Database } from '#storage/database.ts';
import type { Keys } from '#storage/keys.ts';
import type { Viewer } from './access.ts';
import type { Auth } from './auth.ts';
import type { Dashboard } from './dashboard.ts';
import type { Ids, Seal } from './ids.ts';
import type { Live } from './live/hub.ts';

/** Everything the API needs, handed down by startApi; nothing is global. */
export type Deps = {
  db: Database;
  ids: Ids;
  seal: Seal;
  keys: Keys;
  http: Http;
  /** Reads a feed in a thread with a deadline (ingest/thread.ts). */
  readFeed: (
    bytes: Uint8Array,
    contentType: string | undefined,
    url: string,
    namespace: string,
  ) => Promise<FeedDocument>;
  /** Makes mentions of what sources answered, in the same thread. */
  prepare: IngestThread['prepare'];
  live: Live;
  search: Search;
  auth: Auth;
  /** IANA name of the zone in which days are counted. */
  timeZone: string;
  log: Log;
  /** Whether a contact is configured; without one public hosts are not polled. */
  contact: boolean;
  /** The origin under which people reach us, where one is configured. */
  publicUrl: string | null;
  /** Hosts that may be fetched although private. */
  allow: FetchAllow;
  proxies: TrustedProxies;
  version: string;
  /** The built dashboard, or null where it was not built. */
  dashboard: Dashboard | null;
};

/**
 * `asker` is who the request comes from, null when nobody signed in. `viewer` is the same, set by the guard of a route that
 * needs somebody (api/rights.ts): a route that names no need has none.
 */
export type Env = { Variables: { asker: Viewer | null; viewer: Viewer }; Bindings: Partial<HttpBindings> };
