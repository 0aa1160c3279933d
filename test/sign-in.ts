import { sql } from 'kysely';
import { createAuth } from '#api/auth.ts';
import type { Role } from '#domain/person.ts';
import { parseProxies } from '#platform/address.ts';
import { createLog, type Log } from '#platform/log.ts';
import { createPerson, setPassword } from '#storage/accounts.ts';
import { installationSecret } from '#storage/installation.ts';
import { type Asked, type TestApp, testApp } from './api-app.ts';

export const password = 'een lang wachtwoord';
/** The hash of `password`, made once with better-auth: a test of who may do what need not wait for a hundred of them. */
export const passwordHash =
  'f30f8f6db4ca65757f1ea42d5a520ade:2ed544acd0cd2ce6a47973d85431efd4a361e23eae6f3563e07464d10263591ce9c2e98d64985bcaaf37f10083cfad397d6f375e6a2d0c876f30b01993cbf5f1';

/** One browser: keeps the cookies it is given, and comes from one address. */
export type Browser = {
  cookies: Map<string, string>;
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Asked>;
  signIn: (email: string, withPassword?: string) => Promise<Asked>;
};
export type SignInApp = TestApp & {
  browser: (address?: string) => Browser;
  /** A colleague who can sign in with `password`. */
  colleagueWith: (given: { email: string; role?: Role; name?: string }) => Promise<number>;
};

/** The whole application with real sign-in; `isEmpty`: nobody is here yet. */
export async function signInApp(
  given: { host?: string; publicUrl?: string | null; log?: Log; isEmpty?: boolean } = {},
): Promise<SignInApp> {
  const { host = '127.0.0.1', publicUrl = null, log = createLog('silent') } = given;
  const api = await testApp(undefined, publicUrl, async ({ db, url }, ids) => {
    const secret = await installationSecret(db);
    return createAuth({
      db,
      databaseUrl: url,
      secret,
      host,
      publicUrl,
      proxies: parseProxies(''),
      timeZone: 'Europe/Amsterdam',
      ids,
      log,
    });
  });
  if (given.isEmpty) await sql`truncate people cascade`.execute(api.db);
  return {
    ...api,
    browser: (address = '127.0.0.1') => browserOf(api, address, new URL(publicUrl ?? 'http://localhost').origin),
    async colleagueWith({ email, role = 'employee', name = email.split('@')[0]! }) {
      const id = await createPerson(api.db, { name, email, role, passwordHash: null });
      await setPassword(api.db, id!, passwordHash);
      return id!;
    },
  };
}

function browserOf(api: TestApp, address: string, origin: string): Browser {
  const cookies = new Map<string, string>();
  const ask: Browser['ask'] = async (method, path, body, headers = {}) => {
    const init = {
      method,
      headers: {
        host: new URL(origin).host,
        ...(cookies.size > 0 ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const incoming = { socket: { remoteAddress: address } };
    const answer = await api.app.request(`${origin}${path}`, init, { incoming } as never);
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value === '') cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    // A live stream has no end.
    const isEndless = answer.headers.get('content-type')?.startsWith('text/event-stream');
    const text = isEndless ? '' : await answer.text();
    if (isEndless) await answer.body?.cancel();
    const isJson = text !== '' && /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : undefined };
  };
  return {
    cookies,
    ask,
    signIn: (email, withPassword = password) => ask('POST', '/api/session', { email, password: withPassword }),
  };
}
