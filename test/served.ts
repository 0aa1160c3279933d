import { startApi } from '#api/server.ts';
import type { Role } from '#domain/person.ts';
import { parseFetchAllow, parseProxies } from '#platform/address.ts';
import { createLog } from '#platform/log.ts';
import { createPerson, setPassword } from '#storage/accounts.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { password, passwordHash } from './sign-in.ts';

/** The whole API on a socket, with a database of its own and nothing outside. */
export type Served = FreshDatabase & {
  url: string;
  colleagueWith: (email: string, role?: Role) => Promise<number>;
  /** Signs in with the password of test/sign-in.ts; answers what goes into a Cookie header. */
  signIn: (email: string) => Promise<string>;
  close: () => Promise<void>;
};

export async function served(publicUrl: string | null = null): Promise<Served> {
  const fresh = await freshDatabase();
  const api = await startApi({
    db: fresh.db,
    databaseUrl: fresh.url,
    http: { request: () => Promise.reject(new Error('No test reaches the network')) },
    config: {
      host: '127.0.0.1',
      port: 0,
      publicUrl,
      contact: 'us',
      fetchAllow: parseFetchAllow(''),
      trustedProxies: parseProxies(''),
      timeZone: 'Europe/Amsterdam',
      elasticsearchUrl: null,
      elasticsearchIndex: '',
    },
    log: createLog('silent'),
  });
  return {
    ...fresh,
    url: api.url,
    async colleagueWith(email, role = 'employee') {
      const id = (await createPerson(fresh.db, { name: email, email, role, passwordHash: null }))!;
      await setPassword(fresh.db, id, passwordHash);
      return id;
    },
    async signIn(email) {
      const answer = await fetch(`${api.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      });
      if (!answer.ok) throw new Error(`${email} did not get in: ${answer.status}`);
      return answer.headers.getSetCookie()[0]!.split(';')[0]!;
    },
    async close() {
      await api.close();
      await fresh.drop();
    },
  };
}
